/** Where hold music and ring-back tones are asked for. */
export const TUNES = '/prompts/tunes'
