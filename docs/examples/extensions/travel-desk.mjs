/** A flow as code: the same document the editor draws, with a test of its own. */

const say = (zh, en) => ({ 'zh-CN': { text: zh }, en: { text: en } })

export const flow = {
  schema: 1,
  id: 'travelDesk',
  name: '旅行柜台',
  kind: 'main',
  langs: ['zh-CN', 'en'],
  defaultLang: 'zh-CN',
  entry: 'menu',
  vars: [
    { name: 'price', type: 'number' },
    { name: 'booked', type: 'object' },
  ],
  blocks: {
    menu: {
      type: 'menu',
      prompt: say('换算外币还是订座?', 'Exchange or a booking?'),
      choices: [
        { id: 'exchange', dtmf: '1', label: { 'zh-CN': '换算外币', en: 'Exchange' } },
        { id: 'booking', dtmf: '2', label: { 'zh-CN': '订座', en: 'Booking' } },
      ],
      out: { exchange: 'dollars', booking: 'booking', noMatch: 'bye' },
    },
    dollars: {
      type: 'custom',
      block: 'exchange',
      settings: {
        amount: { literal: 100 },
        currency: 'USD',
        into: 'price',
        unknown: say('没有这种货币。', 'There is no such currency.'),
      },
      out: { converted: 'told', unknown: 'bye', error: 'bye' },
    },
    told: {
      type: 'say',
      prompt: say('100 元约 {{price}} 美元。', '100 yuan are about {{price}} dollars.'),
      out: { next: 'bye' },
    },
    booking: {
      type: 'dialog',
      dialog: 'booking',
      set: 'booked',
      out: { next: 'seats', error: 'bye' },
    },
    seats: {
      type: 'say',
      prompt: say(
        '{{booked.day}},{{booked.people}} 位。',
        '{{booked.day}}, {{booked.people}} people.',
      ),
      out: { next: 'bye' },
    },
    bye: { type: 'end', reason: 'done', prompt: say('再见。', 'Goodbye.') },
  },
  tests: [
    {
      name: '换算外币',
      channel: 'webchat',
      stubs: { 'custom:exchange': { exit: 'converted', set: { price: 14 } } },
      steps: [{ in: '换算外币' }, { expect: { say: '14', status: 'ended' } }],
    },
  ],
}
