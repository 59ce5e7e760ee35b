/** Telephones of our own: their numbers, their people, and the secrets they register with. */
import type { Bus } from '../bus/bus.ts'
import { fail } from '../errors.ts'
import { StaffModel } from '../staff/model.ts'
import { digestSecret, phonePassword } from './digest.ts'
import type { Extension } from './extension.ts'
import { ExtensionModel, TrunkModel } from './model.ts'
import type { CreateExtensionBody, ExtensionView, UpdateExtensionBody } from './schema.ts'

export interface IssuedExtension {
  extension: Extension
  password: string
}

export class Extensions {
  private readonly bus: Bus

  constructor(options: { bus: Bus }) {
    this.bus = options.bus
  }

  async list(): Promise<Extension[]> {
    return ExtensionModel.find().sort({ _id: 1 }).lean<Extension[]>()
  }

  /** @returns the password, which nobody can read again. @throws TAKEN, BAD_REQUEST */
  async create(body: CreateExtensionBody): Promise<IssuedExtension> {
    const { id, password = phonePassword(), name, staffId, enabled } = body
    await refuseStaff(id, staffId)
    if (await TrunkModel.exists({ 'inbound.digest.userName': id }))
      fail('TAKEN', { field: 'id', value: id })
    const { md5, sha256 } = digestSecret(id, password)
    const extension: Extension = {
      _id: id,
      name,
      ...(staffId && { staffId }),
      md5,
      sha256,
      enabled,
      version: 1,
    }
    try {
      await ExtensionModel.create(extension)
    } catch (error) {
      if ((error as { code?: number }).code === 11000) fail('TAKEN', { field: 'id', value: id })
      throw error
    }
    this.changed()
    return { extension, password }
  }

  /** @throws NOT_FOUND, CONFLICT, TAKEN, BAD_REQUEST */
  async update(id: string, body: UpdateExtensionBody): Promise<Extension> {
    const { version, staffId, ...fields } = body
    if (staffId) await refuseStaff(id, staffId)
    const extension = await ExtensionModel.findOneAndUpdate(
      { _id: id, version },
      {
        $set: { ...fields, ...(staffId && { staffId }) },
        ...(staffId === null && { $unset: { staffId: '' } }),
        $inc: { version: 1 },
      },
      { returnDocument: 'after' },
    ).lean<Extension>()
    if (!extension) fail((await ExtensionModel.exists({ _id: id })) ? 'CONFLICT' : 'NOT_FOUND')
    this.changed()
    return extension
  }

  /** The phone has to be given the new one; until then it cannot register again. @throws NOT_FOUND */
  async resetPassword(id: string, password = phonePassword()): Promise<IssuedExtension> {
    const { md5, sha256 } = digestSecret(id, password)
    const extension = await ExtensionModel.findOneAndUpdate(
      { _id: id },
      { $set: { md5, sha256 }, $inc: { version: 1 } },
      { returnDocument: 'after' },
    ).lean<Extension>()
    if (!extension) fail('NOT_FOUND')
    this.changed()
    return { extension, password }
  }

  async remove(id: string): Promise<void> {
    const { deletedCount } = await ExtensionModel.deleteOne({ _id: id })
    if (!deletedCount) fail('NOT_FOUND')
    this.changed()
  }

  private changed(): void {
    this.bus.publish('telephonySettings', {})
  }
}

/** A member has one extension, so that a call for them has one place to go. */
async function refuseStaff(id: string, staffId: string | undefined): Promise<void> {
  if (!staffId) return
  if (!(await StaffModel.exists({ _id: staffId }))) fail('BAD_REQUEST', { where: 'staffId' })
  const other = await ExtensionModel.findOne({ staffId, _id: { $ne: id } }).lean<Extension>()
  if (other) fail('TAKEN', { field: 'staffId', value: other.name, by: other._id })
}

export function extensionOf({ _id, name, staffId, enabled, version }: Extension): ExtensionView {
  return { id: _id, name, ...(staffId && { staffId }), enabled, version }
}
