import type { Intent, Name } from './model.ts'
import { IntentSetModel, IntentVersionModel } from './model.ts'

interface SampleSet {
  id: string
  name: Name
  intents: Intent[]
}

/** A set to look at and to begin with, trained: what it says is version 1. */
export async function seedIntents({ id, name, intents }: SampleSet, nowMs: number): Promise<void> {
  const at = new Date(nowMs)
  await IntentVersionModel.create({
    ...{ _id: `${id}@1`, setId: id, number: 1, intents, at, by: 'Yilu', note: '' },
    figures: { asked: 0, first: 0, amongThree: 0 },
  })
  await IntentSetModel.create({
    ...{ _id: id, name, intents, version: 1, live: 1, made: 1, updatedAt: at },
  })
}
