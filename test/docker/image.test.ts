import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { validate } from 'dockerfile-utils'
import { parse } from 'yaml'
import { readConfig } from '../../gateway/config.ts'

interface Compose {
  services: Record<
    string,
    {
      volumes?: string[]
      depends_on?: object
      healthcheck?: object
      ports?: string[]
      environment?: Record<string, string>
    }
  >
  volumes: Record<string, unknown>
}

const read = (file: string) =>
  readFileSync(new URL(`../../docker/${file}`, import.meta.url), 'utf8')

/** No engine is needed for this: what can be seen by reading, a build not being one of them. */
describe('image and compose file', () => {
  it('the Dockerfile has nothing a builder would refuse or warn of', () => {
    const problems = validate(read('Dockerfile')).map(
      ({ range, message }) => `${range.start.line + 1}: ${message}`,
    )
    expect(problems).to.deep.equal([])
  })

  it('the last stage runs as somebody who is not root', () => {
    const last = read('Dockerfile')
      .split(/^FROM /m)
      .at(-1)!
    expect(last).to.match(/^USER node$/m)
  })

  it('image and compose name the same ports as the product uses', () => {
    const dockerfile = read('Dockerfile')
    const { yilu } = (parse(read('compose.yaml')) as Compose).services
    const published = yilu!.ports!.map((port) => port.replace(/^[^:]*:/, '').replace('/tcp', ''))
    const exposed = /^EXPOSE (.*)$/m.exec(dockerfile)![1]!.split(' ')
    for (const port of published)
      expect(exposed.map((each) => each.replace('/tcp', ''))).to.include(port)
    const range = /YILU_RTP_PORTS=(\S+)/.exec(dockerfile)![1]!
    expect(yilu!.environment!.YILU_RTP_PORTS).to.equal(range)
    const config = readConfig({ YILU_RTP_PORTS: range, YILU_SIP_ADDRESS: '' })
    expect(published).to.include.members([
      `${config.port}`,
      `${config.sip.port}`,
      `${config.sip.port}/udp`,
      `${config.rtpPorts.from}-${config.rtpPorts.to}/udp`,
    ])
    // compose hands on an empty one where the operator names none
    expect(config.sip).to.not.have.property('address')
  })

  it('the packages beside the bundle are those of the lock file', () => {
    const script = fileURLToPath(new URL('../../scripts/runtime-package.mjs', import.meta.url))
    const made = JSON.parse(execFileSync(process.execPath, [script], { encoding: 'utf8' })) as {
      dependencies: Record<string, string>
      optionalDependencies: Record<string, string>
      overrides: object
    }
    const versions = { ...made.dependencies, ...made.optionalDependencies }
    expect(Object.keys(versions)).to.have.members([
      'lmdb',
      'koffi',
      'vosk',
      '@google-cloud/text-to-speech',
      '@echogarden/espeak-ng-emscripten',
    ])
    for (const version of Object.values(versions)) expect(version).to.match(/^\d+\.\d+\.\d+/)
    expect(made.overrides).to.have.property('vosk')
  })

  it('compose starts the product after a healthy MongoDB, with volumes for both', () => {
    const compose = parse(read('compose.yaml')) as Compose
    const { yilu, mongo } = compose.services
    expect(yilu!.depends_on).to.deep.equal({ mongo: { condition: 'service_healthy' } })
    expect(mongo!.healthcheck).to.be.an('object')
    const used = [yilu!, mongo!].flatMap(({ volumes = [] }) =>
      volumes.map((each) => each.split(':')[0]),
    )
    expect(used.sort()).to.deep.equal(Object.keys(compose.volumes).sort())
  })
})
