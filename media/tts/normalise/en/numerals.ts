/** A number as people type it: 1,200 or 35.5 */
export const NUMBER = String.raw`\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?`
/** "to", as typed between two numbers */
export const TO = String.raw` ?(?:--?|[–—−~]) ?| to `
