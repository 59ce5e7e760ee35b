/**
 * Tests that talk in real time, with browsers and telephones on two cores, may fail for want of a core. Each has one
 * second try; what needed it is named, with why: a name that comes again is a fault to be found.
 */
type Tried = Mocha.Test & { currentRetry(): number }

const why = new Map<string, unknown>()

export const mochaHooks = {
  beforeEach(this: Mocha.Context) {
    const test = this.currentTest as Tried | undefined
    const { fn } = test ?? {}
    // the runner keeps no error of a first try
    if (!test || !fn || fn.length || test.currentRetry()) return
    test.fn = async function (this: Mocha.Context) {
      try {
        return await (fn as Mocha.AsyncFunc).call(this)
      } catch (error) {
        why.set(test.fullTitle(), error)
        throw error
      }
    }
  },
  afterEach(this: Mocha.Context) {
    const test = this.currentTest as Tried | undefined
    if (test?.state !== 'passed' || !test.currentRetry()) return
    const title = test.fullTitle()
    const error = why.get(title)
    const reason = error instanceof Error ? (error.stack ?? error.message) : 'it took too long'
    process.stderr.write(`\nSECOND TRY ${title}\n${reason.replace(/^/gm, '  ')}\n`)
  },
}
