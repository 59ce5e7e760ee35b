import type { Words } from '../../i18n/dictionary.ts'

/** Going on by SMS or e-mail, and writing first. */
export const enWrite: Words = {
  write: {
    goOn: 'Go on by SMS or e-mail',
    first: 'Write to this contact',
    sms: 'By SMS',
    email: 'By e-mail',
    menu: 'By SMS or e-mail…',
    from: 'From',
    noAccount: 'No SMS or e-mail account is switched on',
    templatesOnly: 'This account sends approved templates only.',
    number: 'Mobile number',
    address: 'E-mail address',
    known: 'Known of this contact',
    subject: 'Subject',
    fill: 'Please fill this in',
    go: 'Go on',
    openOther: 'Open that conversation',
  },
}
