import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { validate } from 'dockerfile-utils'
import { parse } from 'yaml'

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

  it('compose starts the product after a healthy MongoDB, with volumes for both', () => {
    const compose = parse(read('compose.yaml')) as {
      services: Record<string, { volumes?: string[]; depends_on?: object; healthcheck?: object }>
      volumes: Record<string, unknown>
    }
    const { yilu, mongo } = compose.services
    expect(yilu!.depends_on).to.deep.equal({ mongo: { condition: 'service_healthy' } })
    expect(mongo!.healthcheck).to.be.an('object')
    const used = [yilu!, mongo!].flatMap(({ volumes = [] }) =>
      volumes.map((each) => each.split(':')[0]),
    )
    expect(used.sort()).to.deep.equal(Object.keys(compose.volumes).sort())
  })
})
