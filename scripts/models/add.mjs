import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { sha256Of } from './checksum.mjs'
import { download } from './download.mjs'
import { KNOWN, MANIFEST, TEST_MARKER } from './known.mjs'
import { untar } from './untar.mjs'
import { unzip } from './unzip.mjs'
import { Complaint, say } from './words.mjs'

/**
 * Fetches, verifies, unpacks and puts in place; until the last step nothing of an older model changes.
 * @throws Complaint
 */
export async function addModel({ locale, from, sha256, replace, modelsDir, production }) {
  const place = path.join(modelsDir, locale)
  if (existsSync(place) && !replace) {
    throw new Complaint(
      `${locale} 已有模型:${place}。要替换请加 --replace。`,
      `There is a model for ${locale} already: ${place}. Add --replace to replace it.`,
    )
  }
  const known = KNOWN[locale]
  const source = from ?? known?.url
  const sum = (sha256 ?? known?.sha256)?.toLowerCase()
  if (!source || !/^[0-9a-f]{64}$/.test(sum ?? '')) throw noSource(locale)

  const work = path.join(modelsDir, `.adding-${locale}-${randomBytes(4).toString('hex')}`)
  await mkdir(work, { recursive: true })
  try {
    const archive = await fetchArchive(source, work, sha256 ? undefined : known)
    await verify(archive, sum, source)
    const unpacked = path.join(work, 'model')
    say('校验通过,正在解压 …', 'The checksum is right; unpacking …')
    await (/\.zip$/i.test(archive) ? unzip : untar)(archive, unpacked)
    const model = await findModel(unpacked)
    await refuseTestModel(model.dir, production)
    const name = model.name ?? known?.name ?? locale
    await writeFile(
      path.join(model.dir, MANIFEST),
      `${JSON.stringify({ name, locale, sha256: sum, source: path.basename(source), addedAt: new Date().toISOString() }, null, 2)}\n`,
    )
    await putInPlace(model.dir, place, work)
    say(`已安装 ${name}:${place}`, `Installed ${name}: ${place}`)
    if (replace) say('请重启以使用新模型。', 'Restart to use the new model.')
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

async function fetchArchive(source, work, known) {
  if (/^https?:\/\//i.test(source)) {
    const kind = archiveKind(new URL(source).pathname)
    const file = path.join(work, `archive${kind}`)
    await download(source, file, known?.bytes)
    return file
  }
  const file = path.resolve(source)
  archiveKind(file)
  if (!(await stat(file).catch(() => undefined))?.isFile()) {
    throw new Complaint(`没有这个文件:${file}`, `There is no such file: ${file}`)
  }
  return file
}

function archiveKind(name) {
  const kind = /\.(zip|tar\.gz|tgz)$/i.exec(name)?.[0]
  if (kind) return kind.toLowerCase()
  throw new Complaint('模型应为 .zip 或 .tar.gz 文件。', 'A model comes as a .zip or .tar.gz file.')
}

async function verify(file, expected, source) {
  const found = await sha256Of(file)
  if (found === expected) return
  throw new Complaint(
    `SHA-256 不符,未安装。\n  应为 ${expected}\n  实为 ${found}\n如果您信任 ${source},请加 --sha256 ${found}`,
    `The SHA-256 is not the expected one; nothing was installed.\n  expected ${expected}\n  found    ${found}\nIf you trust ${source}, add --sha256 ${found}`,
  )
}

/** Archives hold the model in one folder, or as it is. */
async function findModel(unpacked) {
  const inside = await readdir(unpacked, { withFileTypes: true })
  const folder = inside.length === 1 && inside[0].isDirectory() ? inside[0].name : undefined
  const dir = folder ? path.join(unpacked, folder) : unpacked
  const has = (file) => existsSync(path.join(dir, file))
  const graph = has('graph/HCLG.fst') || (has('graph/HCLr.fst') && has('graph/Gr.fst'))
  if (has('am/final.mdl') && has('conf/model.conf') && graph) return { dir, name: folder }
  throw new Complaint(
    '压缩包里不是 Vosk 模型(缺少 am/final.mdl、conf/model.conf 或 graph)。',
    'This is not a Vosk model: am/final.mdl, conf/model.conf or the graph is missing.',
  )
}

async function refuseTestModel(dir, production) {
  if (!existsSync(path.join(dir, TEST_MARKER))) return
  if (production) {
    throw new Complaint(
      '这是仅供测试的合成语音模型,正式环境不能安装。',
      'This is a model of synthetic voices for tests; production refuses it.',
    )
  }
  say(
    '注意:这是仅供测试的合成语音模型。',
    'Note: this is a model of synthetic voices, for tests only.',
  )
}

async function putInPlace(dir, place, work) {
  const old = path.join(work, 'old')
  if (existsSync(place)) await rename(place, old)
  try {
    await rename(dir, place)
  } catch (error) {
    if (existsSync(old)) await rename(old, place)
    throw error
  }
}

function noSource(locale) {
  return new Complaint(
    `${locale} 没有预设的模型,请用 --from 给出文件或网址,并用 --sha256 给出其校验和。已知:${Object.keys(KNOWN).join('、')}。模型列表:https://alphacephei.com/vosk/models`,
    `No model is known for ${locale}: give --from file|url and its --sha256. Known: ${Object.keys(KNOWN).join(', ')}. All models: https://alphacephei.com/vosk/models`,
  )
}
