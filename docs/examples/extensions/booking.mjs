/** A dialog of the Bot Framework: asks two things and returns them. The library is handed in. */

export const dialog = ({ ComponentDialog, TextPrompt, WaterfallDialog }) => {
  const booking = new ComponentDialog('booking')
  booking.addDialog(
    new WaterfallDialog('steps', [
      (step) => step.prompt('words', '哪一天? / Which day?'),
      (step) => {
        step.values.day = step.result
        return step.prompt('words', '几位? / How many?')
      },
      (step) => step.endDialog({ day: step.values.day, people: step.result }),
    ]),
  )
  booking.addDialog(new TextPrompt('words'))
  booking.initialDialogId = 'steps'
  return booking
}
