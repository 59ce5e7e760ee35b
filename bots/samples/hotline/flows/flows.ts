import { z } from 'zod'
import { flowDocSchema } from '../../../flow/schema.ts'
import type { FlowDoc } from '../../../flow/schema.ts'
import complaint from './complaint.json' with { type: 'json' }
import living from './living.json' with { type: 'json' }
import main from './main.json' with { type: 'json' }
import message from './message.json' with { type: 'json' }
import progress from './progress.json' with { type: 'json' }
import rescue from './rescue.json' with { type: 'json' }
import routes from './routes.json' with { type: 'json' }
import survey from './survey.json' with { type: 'json' }
import weather from './weather.json' with { type: 'json' }

/** `main` first; the others are the sub-flows it calls. Parsed, since JSON carries no types. */
export const sampleFlows: FlowDoc[] = z
  .array(flowDocSchema)
  .parse([main, complaint, progress, rescue, message, survey, weather, routes, living])
