/** This request cannot be spoken, whoever asks again; the provider itself is well. The next one is asked. */
export class Refusal extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'Refusal'
  }
}
