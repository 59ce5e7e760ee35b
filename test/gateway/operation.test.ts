import { expect } from 'chai'
import { errorCodes } from '../../gateway/errors.ts'
import { simulateChat } from '../harness/chat.ts'
import type { RunningProduct } from '../harness/product.ts'
import { runProduct } from '../harness/product.ts'

describe('running the house', function () {
  this.timeout(60_000)
  let product: RunningProduct

  before(async () => {
    product = await runProduct()
  })
  after(() => product.stop())

  const get = (path: string) => fetch(`${product.url}${path}`)

  describe('health', () => {
    it('is alive and ready', async () => {
      expect(await (await get('/healthz')).json()).to.deep.equal({ ok: true })
      expect(await (await get('/readyz')).json()).to.deep.equal({
        ok: true,
        store: true,
        draining: false,
      })
    })

    const embedded = process.env.MONGODB_URI ? it.skip : it
    embedded(
      'is alive and not ready while the store does not answer, and ready again after',
      async () => {
        const beganMs = performance.now()
        process.kill(product.enginePid, 'SIGSTOP')
        const [alive, ready] = await Promise.all([get('/healthz'), get('/readyz')]).finally(() =>
          process.kill(product.enginePid, 'SIGCONT'),
        )
        expect(performance.now() - beganMs, 'a probe gives up after a few seconds').to.be.below(
          5000,
        )
        expect(alive.status).to.equal(200)
        expect(ready.status).to.equal(503)
        expect(await ready.json()).to.deep.include({ ok: false, store: false })
        expect((await get('/readyz')).status).to.equal(200)
      },
    )
  })

  it('metrics have the named ones, and count what happens', async () => {
    const value = async (line: RegExp) =>
      Number(line.exec(await (await get('/metrics')).text())?.[1] ?? 0)
    const asked = /^yilu_messages_total\{direction="in",author="contact"\} (\d+)$/m
    const before = await value(asked)
    const visitor = await simulateChat(product.url)
    await visitor.ask('兵马俑门票多少钱', /预约/)
    expect(await value(asked)).to.equal(before + 1)
    expect(await value(/^yilu_sockets\{kind="visitor"\} (\d+)$/m)).to.be.at.least(1)
    const response = await get('/metrics')
    expect(response.headers.get('content-type')).to.match(/^text\/plain/)
    const names = new Set(
      [...(await response.text()).matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name),
    )
    expect([...names]).to.include.members([
      'yilu_messages_total',
      'yilu_conversation_states_total',
      'yilu_wait_seconds',
      'yilu_deliveries_total',
      'yilu_tickets_total',
      'yilu_waiting',
      'yilu_agents',
      'yilu_sockets',
      'yilu_process_cpu_seconds_total',
      'yilu_nodejs_eventloop_lag_seconds',
    ])
    visitor.cut()
  })

  describe('the description of the interface', () => {
    interface Operation {
      summary?: string
      parameters?: { name: string; in: string; required: boolean; schema: object }[]
      responses: Record<string, { content?: Record<string, { schema: { $ref?: string } }> }>
      security?: object[]
    }
    interface Description {
      openapi: string
      info: { title: string; version: string }
      paths: Record<string, Record<string, Operation>>
      components: {
        schemas: { Error: { required: string[]; properties: { code: { enum: string[] } } } }
      }
    }
    const describedBy = async () => (await (await get('/api/openapi.json')).json()) as Description

    it('is an OpenAPI 3.1 document: every operation has a summary, its parameters and the error', async () => {
      const { openapi, info, paths, components } = await describedBy()
      expect(openapi).to.equal('3.1.0')
      expect(info).to.include.keys('title', 'version')
      expect(components.schemas.Error.properties.code.enum).to.deep.equal([...errorCodes])
      expect(components.schemas.Error.required).to.deep.equal(['code', 'zh', 'en'])
      for (const [path, operations] of Object.entries(paths))
        for (const [method, operation] of Object.entries(operations)) {
          const about = `${method} ${path}`
          expect(method).to.be.oneOf(['get', 'post', 'put', 'patch', 'delete'])
          expect(operation.summary, about).to.be.a('string').and.not.equal('')
          const schema = operation.responses.default!.content!['application/json']!.schema
          expect(schema.$ref, about).to.equal('#/components/schemas/Error')
          expect(Object.keys(operation.responses), about).to.satisfy((codes: string[]) =>
            codes.some((code) => code === '200' || code === '204'),
          )
          const inPath = (operation.parameters ?? []).filter((each) => each.in === 'path')
          const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
          expect(
            inPath.map(({ name }) => name),
            about,
          ).to.deep.equal(named)
          if (path !== '/session' || method !== 'post')
            expect(operation.security, about).to.deep.equal([{ session: [] }])
        }
    })

    it('names every room of the house, and every path in it exists', async () => {
      const { paths } = await describedBy()
      for (const path of [
        '/session',
        '/staff',
        '/conversations',
        '/contacts',
        '/tickets',
        '/uploads',
        '/knowledge',
        '/flows',
        '/queues',
        '/schedules',
        '/accounts',
        '/canned-replies',
      ])
        expect(Object.keys(paths)).to.include(path)
      for (const [path, operations] of Object.entries(paths))
        for (const method of Object.keys(operations)) {
          const address = `/api/v1${path.replace(/\{\w+\}/g, 'x')}`
          const response = await fetch(`${product.url}${address}`, { method: method.toUpperCase() })
          // there, and closed to strangers; only the sign-in door asks what they want
          expect(response.status, `${method} ${path}`).to.equal(
            path === '/session' && method === 'post' ? 400 : 401,
          )
        }
    })

    it('can be read as a page, without script', async () => {
      const page = await get('/api/docs')
      const html = await page.text()
      expect(page.headers.get('content-type')).to.match(/^text\/html/)
      expect(html).to.not.match(/<script/i)
      for (const path of Object.keys((await describedBy()).paths))
        expect(html).to.contain(path.replace(/\{(\w+)\}/g, ':$1'))
      expect((await get('/api/docs.css')).headers.get('content-type')).to.match(/^text\/css/)
    })
  })
})
