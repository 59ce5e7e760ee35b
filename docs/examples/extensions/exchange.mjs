/** A custom block: how much an amount of yuan is in another currency. */

const perYuan = { USD: 0.14, EUR: 0.12, JPY: 21 }

export const block = {
  id: 'exchange',
  name: { zh: '换算外币', en: 'Exchange' },
  help: { zh: '把人民币换算成外币。', en: 'Tells what an amount of yuan is in another currency.' },
  fields: [
    {
      path: 'amount',
      kind: 'value',
      label: { zh: '人民币金额', en: 'Amount in yuan' },
      required: true,
      initial: { literal: 100 },
    },
    {
      path: 'currency',
      kind: 'template',
      label: { zh: '换成哪种货币', en: 'Into which currency' },
      help: { zh: '例如 USD,或 {{currency}}', en: 'For instance USD, or {{currency}}' },
      required: true,
      initial: 'USD',
    },
    {
      path: 'into',
      kind: 'variable',
      write: true,
      label: { zh: '结果存到变量', en: 'Store the result in' },
      required: true,
    },
    {
      path: 'unknown',
      kind: 'prompt',
      label: { zh: '不认识的货币时说', en: 'Said of an unknown currency' },
    },
  ],
  // the first is how it goes when all goes well; `error` is there anyway
  exits: {
    converted: { zh: '换算好了', en: 'Converted' },
    unknown: { zh: '不认识的货币', en: 'Unknown currency' },
  },
  timeoutMs: 2000,
  // it changes nothing anywhere, so trials may run it
  harmless: true,

  async run({ amount, currency, into }) {
    const rate = perYuan[String(currency).toUpperCase()]
    if (rate === undefined) return { exit: 'unknown', say: { prompt: 'unknown' } }
    return { exit: 'converted', set: { [into]: Math.round(Number(amount) * rate * 100) / 100 } }
  },
}
