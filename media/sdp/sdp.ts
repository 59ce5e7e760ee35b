/** The door of this room: offer and answer (RFC 3264) as functions of data. */
export { answerOffer } from './answer-offer.ts'
export { makeOffer } from './make-offer.ts'
export { readAnswer } from './read-answer.ts'
export type { Endpoint, LocalMedia, MLine, NegotiatedMedia } from './session.ts'
