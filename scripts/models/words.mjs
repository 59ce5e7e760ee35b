/** What goes wrong in a way the operator can mend, in both languages. */
export class Complaint extends Error {
  constructor(zh, en) {
    super(en)
    this.zh = zh
    this.en = en
  }
}

export function say(zh, en) {
  console.log(`${zh}\n${en}`)
}
