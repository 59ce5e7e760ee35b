import { normalise } from './normalise.ts'

export type EmergencyKind =
  'medical' | 'water' | 'traffic' | 'fire' | 'crime' | 'missing' | 'trapped' | 'call'

export interface Emergency {
  kind: EmergencyKind
  /** The words that gave it away. */
  phrase: string
}

/**
 * Words a person in danger says. A list, not a model: missing one of these costs a life, and a
 * list can be read, discussed and mended by the people who answer. English phrases match whole
 * words; Chinese ones anywhere.
 */
export const EMERGENCY_WORDS: Record<EmergencyKind, { zh: string[]; en: string[] }> = {
  medical: {
    zh: (
      '晕倒 昏倒 昏迷 晕过去 心脏病 心梗 心绞痛 中风 休克 抽搐 没有呼吸 没呼吸 不能呼吸 呼吸困难 喘不上气 ' +
      '喘不过气 胸口疼 胸口痛 胸痛 流血 很多血 大出血 止不住血 骨折 摔断 中暑 食物中毒 被蛇咬 被狗咬 过敏性休克 叫救护车 ' +
      '要救护车 要生了 不省人事 受伤了 受重伤 吐血 癫痫'
    ).split(' '),
    en: [
      'heart attack',
      'having a stroke',
      'had a stroke',
      'bleeding',
      'unconscious',
      'not breathing',
      'cant breathe',
      'cannot breathe',
      'can not breathe',
      'trouble breathing',
      'chest pain',
      'collapsed',
      'passed out',
      'fainted',
      'seizure',
      'ambulance',
      'broken leg',
      'broke my leg',
      'broke his leg',
      'broke her leg',
      'broken arm',
      'badly hurt',
      'seriously hurt',
      'injured',
      'food poisoning',
      'heat stroke',
      'heatstroke',
      'allergic reaction',
      'snake bite',
      'dying',
      'choking',
      'in labour',
      'in labor',
    ],
  },
  water: {
    zh: '溺水 落水 掉水里 掉进水里 掉河里 掉进河里 掉到河里 掉湖里 掉进湖里 淹了 快淹死'.split(' '),
    en: [
      'drowning',
      'drowned',
      'fell into the water',
      'fell in the water',
      'fell into the river',
      'fell into the lake',
    ],
  },
  traffic: {
    zh: '车祸 撞车 撞了人 撞到人 被车撞 被撞了 翻车 出事故 交通事故'.split(' '),
    en: [
      'car accident',
      'traffic accident',
      'bus accident',
      'had an accident',
      'been an accident',
      'in an accident',
      'car crash',
      'hit by a car',
      'hit by a bus',
      'hit by a bike',
      'hit by a scooter',
    ],
  },
  fire: {
    zh: '着火 起火 失火 火灾 爆炸 煤气泄漏 燃气泄漏'.split(' '),
    en: ['on fire', 'theres a fire', 'there is a fire', 'fire in the', 'explosion', 'gas leak'],
  },
  crime: {
    zh: '抢劫 被抢 绑架 有人打我 被打了 打人了 打起来了 持刀 拿刀 杀人 强奸 性侵 非礼 被跟踪 被威胁 不让我走 不让我们走 扣留'.split(
      ' ',
    ),
    en: [
      'robbed',
      'robbery',
      'mugged',
      'attacked',
      'assaulted',
      'kidnapped',
      'raped',
      'stabbed',
      'has a knife',
      'being followed',
      'following me',
      'threatening me',
      'held against',
      'wont let me leave',
      'wont let us leave',
      'beaten up',
    ],
  },
  missing: {
    zh: '走失 走丢 孩子丢了 孩子不见 小孩丢了 小孩不见 老人丢了 老人不见 女儿不见 儿子不见 找不到孩子 找不到我孩子 找不到小孩 找不到女儿 找不到儿子 找不到老人 失踪 失联'.split(
      ' ',
    ),
    en: [
      'lost child',
      'missing child',
      'lost my child',
      'lost my son',
      'lost my daughter',
      'lost my kid',
      'lost our child',
      'child is missing',
      'son is missing',
      'daughter is missing',
      'child is lost',
      'kid is lost',
      'kid is missing',
      'cant find my son',
      'cant find my daughter',
      'cant find my child',
      'cant find my kid',
      'cant find my mother',
      'cant find my father',
      'gone missing',
    ],
  },
  trapped: {
    zh: '被困 困在 困住 坠崖 掉下悬崖 掉下山 摔下山 摔下去 迷路下不来 下不了山 泥石流 山洪 踩踏 地震'.split(
      ' ',
    ),
    en: [
      'trapped',
      'stuck in the lift',
      'stuck in the elevator',
      'stuck on the mountain',
      'stuck in the cable car',
      'fell off the cliff',
      'fell down the mountain',
      'landslide',
      'flash flood',
      'stampede',
      'earthquake',
    ],
  },
  call: {
    zh: '救命 救救 快来人 快来救 紧急求助 紧急救援 紧急情况 我要报警 帮我报警 要报警 快报警 出人命'.split(
      ' ',
    ),
    en: [
      'help me',
      'help us',
      'please help',
      'somebody help',
      'someone help',
      'save me',
      'save us',
      'emergency',
      'sos',
      'call the police',
      'call police',
      'need the police',
      'life in danger',
      'mayday',
    ],
  },
}

/**
 * Sayings that contain such a word and mean none of it. What they cover is taken out before the
 * list is searched, so that a real call in the same sentence still counts. When in doubt a
 * saying is left off: a false alarm costs an agent half a minute.
 */
const HARMLESS: RegExp[] = [
  // help + a wish: "can you help me book a ticket", "please help with my booking"
  /\b(?:please |somebody |someone )?help (?:me|us)? ?(?:to )?(?:please )?(?:to )?(?:with (?:my|a|the|this|some|an|our|booking|buying|finding)\b|book|buy|find(?! my)|get (?:a|the|to|tickets?|there)|plan|choose|pick|order|check|understand|translate|change|cancel|reserve|make|decide|know|figure|out with|learn|register|pay|rent|compare|arrange|contact|complain|file|submit|see|look|track|refund|use|connect|speak|talk)\b/g,
  /\b(?:can|could|would|will) (?:you|anyone|somebody|someone)(?: please)? help(?: me| us)?$/g,
  /\b(?:can|could) you help (?:me|us)(?: please)?(?= (?:i|we) (?:want|need|would|am looking|have a question))/g,
  /\b(?:hi|hello)? ?please help (?:me|us)? ?(?:with|to|book|find)\b/g,
  /\b(?:in case of|for|any) (?:an )?emergenc(?:y|ies)\b/g,
  /\bemergency (?:room|rooms|number|numbers|contact|contacts|phone|call number|exit|visa|passport|telephone|hotline)\w*/g,
  /\b(?:accident|travel|medical) insurance\b/g,
  /\bambulance (?:number|phone|cost|costs|fee)\b|\b(?:number|phone|cost|price) (?:for|of) (?:the |an )?ambulance\b/g,
  /\bwhat if (?:i|we|my|there)\b.*$/g,
  /\b(?:almost|nearly) (?:gave me|had) a heart attack\b|\bgave me a heart attack\b/g,
  /\bdying (?:to|for)\b|\bdrowning in (?:work|options|choices|tickets|information)\b/g,
  /\b(?:tourist|time) trap(?:ped)?\b|\bbleeding (?:us|me|tourists) dry\b/g,
  /\b(?:earthquake|fire|terracotta) (?:museum|safety|memorial|monument|drill)\b/g,
  /如果.*|万一.*|假如.*|会不会.*|有没有可能.*/g,
  /(?:救命|救护车|报警|急救|火警)(?:的)?(?:电话|号码|热线)(?:是|多少|几).*/g,
  /(?:报警|救护车|急救)(?:要|该)?(?:打|拨)(?:什么|哪个|多少|几).*/g,
  /救命(?:之恩|稻草|恩人)/g,
  /(?:心脏病|癫痫|骨折|中风)(?:患者|病人|史|能|可以|适合|的人|的老人).*/g,
  /(?:有|得过|患有)(?:过)?(?:心脏病|癫痫|骨折|中风)(?!.*(?:发作|犯了|快|救)).*(?:能|可以|适合|吗).*/g,
  /(?:交通事故|意外|车祸|地震)(?:险|保险|博物馆|遗址|频发|多不多|多吗)/g,
  /(?:防|预防|避免|防止)(?:中暑|溺水|走失|走丢|食物中毒|被抢|火灾|失火)/g,
  /(?:火灾|失火|地震|爆炸)(?:遗址|历史|年代)/g,
  /火爆炸|爆炸(?:好吃|好看|多人)/g,
  /困在(?:酒店|家)里?无聊/g,
]

const HAN = /\p{Script=Han}/u

const ENTRIES = (Object.keys(EMERGENCY_WORDS) as EmergencyKind[]).flatMap((kind) =>
  [...EMERGENCY_WORDS[kind].zh, ...EMERGENCY_WORDS[kind].en].map((phrase) => ({
    kind,
    phrase,
    needle: HAN.test(phrase) ? phrase : ` ${phrase} `,
  })),
)

/**
 * The emergency a text speaks of, or undefined. `help me` alone is a cry; "help me book a
 * ticket" is not. Language does not matter: people in danger use whichever words they have.
 */
export function detectEmergency(text: string): Emergency | undefined {
  if (normalise(text) === 'help') return { kind: 'call', phrase: 'help' }
  const asked = ` ${withoutHarmless(text)} `
  const found = ENTRIES.find(({ needle }) => asked.includes(needle))
  return found && { kind: found.kind, phrase: found.phrase }
}

/** The text, normalised, without sayings that only sound like a call for help. */
export function withoutHarmless(text: string): string {
  let asked = normalise(text)
  for (const saying of HARMLESS) asked = asked.replace(saying, ' ')
  return asked.replace(/ +/g, ' ').trim()
}
