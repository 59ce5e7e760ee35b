/**
 * A second try needs a place to begin at: what the first left half done is none. `story` is for tests that build on
 * each other, `ownScene` for those that share a scene and leave their marks in it.
 */
type Tell = (title: string, test: () => Promise<void>) => void

/** @returns what to call instead of `it`: a second try has a new scene, where all before it is told again */
export function story(setUp: () => Promise<void>, tearDown: () => Promise<void>): Tell {
  return told(setUp, tearDown, true)
}

/** @returns what to call instead of `it`: a second try has a new scene */
export function ownScene(setUp: () => Promise<void>, tearDown: () => Promise<void>): Tell {
  return told(setUp, tearDown, false)
}

function told(setUp: () => Promise<void>, tearDown: () => Promise<void>, joined: boolean): Tell {
  const chapters: (() => Promise<void>)[] = []
  before(setUp)
  after(tearDown)
  return (title, test) => {
    const before = joined ? [...chapters] : []
    chapters.push(test)
    it(title, async function () {
      const { currentRetry } = this.test as unknown as { currentRetry: () => number }
      if (currentRetry.call(this.test) > 0) {
        this.timeout(this.timeout() * (before.length + 2))
        await tearDown()
        await setUp()
        for (const chapter of before) await chapter()
      }
      await test()
    })
  }
}
