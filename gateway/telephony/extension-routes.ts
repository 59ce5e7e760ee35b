import type { Route } from '../api/route.ts'
import { items, route } from '../api/route.ts'
import type { Extensions, IssuedExtension } from './extensions.ts'
import { extensionOf } from './extensions.ts'
import type { ExtensionPasswordView } from './schema.ts'
import {
  createExtensionBody,
  extensionPasswordView,
  extensionView,
  resetPasswordBody,
  updateExtensionBody,
} from './schema.ts'

export function extensionRoutes(extensions: Extensions): Route[] {
  return [
    route({
      method: 'get',
      path: '/telephony/extensions',
      tag: 'Telephony',
      summary: 'Telephones of our own',
      access: 'manageAccounts',
      answers: items(extensionView),
      handle: async () => ({ items: (await extensions.list()).map(extensionOf) }),
    }),
    route({
      method: 'post',
      path: '/telephony/extensions',
      tag: 'Telephony',
      summary: 'Add an extension; its password is shown this once',
      access: 'manageAccounts',
      body: createExtensionBody,
      answers: extensionPasswordView,
      handle: async ({ body }) => issued(await extensions.create(body)),
    }),
    route({
      method: 'patch',
      path: '/telephony/extensions/:id',
      tag: 'Telephony',
      summary: 'Change an extension',
      access: 'manageAccounts',
      body: updateExtensionBody,
      answers: extensionView,
      handle: async ({ params, body }) => extensionOf(await extensions.update(params.id!, body)),
    }),
    route({
      method: 'post',
      path: '/telephony/extensions/:id/password-reset',
      tag: 'Telephony',
      summary: 'Give a new password, shown this once; the phone must be told it',
      access: 'manageAccounts',
      body: resetPasswordBody,
      answers: extensionPasswordView,
      handle: async ({ params, body }) =>
        issued(await extensions.resetPassword(params.id!, body.password)),
    }),
    route({
      method: 'delete',
      path: '/telephony/extensions/:id',
      tag: 'Telephony',
      summary: 'Remove an extension',
      access: 'manageAccounts',
      handle: ({ params }) => extensions.remove(params.id!),
    }),
  ]
}

function issued({ extension, password }: IssuedExtension): ExtensionPasswordView {
  return { extension: extensionOf(extension), password }
}
