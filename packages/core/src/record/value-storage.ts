import { decodeValue, type StoredBlob } from '../stored-value/decode-value.ts'
import { encodeValue } from '../stored-value/encode-value.ts'
import { describeBlob } from '../stored-value/leaf-form.ts'
import { setMember } from '../stored-value/stored-form.ts'

/** Bytes that a record refers to by their SHA-256. */
export interface Attachment {
  readonly sha256: string
  readonly mediaType: string
  readonly bytes: Uint8Array
}

/** A part of a value that cannot be stored, such as a function. */
export interface Unserialisable {
  /** For example `output.tools[0].execute`. */
  readonly path: string
  readonly what: string
}

/** Turns the values of one record into their stored form, and back into what a scorer will see. */
export class ValueStorage {
  readonly unserialisable: Unserialisable[] = []
  #attachments: Map<string, Attachment> | undefined
  #held: Map<string, Uint8Array> | undefined

  get attachments(): readonly Attachment[] {
    return [...(this.#attachments?.values() ?? [])]
  }

  /** The stored form of `value`; `name` is the first part of the paths in `unserialisable`. */
  store(name: string, value: unknown): unknown {
    return encodeValue(value, {
      path: name,
      onBlob: (bytes, mediaType) => this.#attach(bytes, mediaType),
      onUnserialisable: (path, what) => void this.unserialisable.push({ path, what }),
    })
  }

  /** Stores the values of an object, whose keys are never taken for a tag. */
  storeRecord(name: string, record: Readonly<Record<string, unknown>>): Record<string, unknown> {
    const stored: Record<string, unknown> = {}
    for (const [key, value] of Object.entries(record)) setMember(stored, key, this.store(`${name}.${key}`, value))
    return stored
  }

  /** Takes bytes that are stored already, so that values which refer to them can be restored. */
  hold(sha256: string, bytes: Uint8Array): void {
    this.#held ??= new Map()
    this.#held.set(sha256, bytes)
  }

  /** What a reader of the record gets for a stored value. */
  restore(stored: unknown): unknown {
    return decodeValue(stored, {
      readBlob: ({ $blob }: StoredBlob) => this.#attachments?.get($blob)?.bytes ?? this.#held?.get($blob),
    })
  }

  #attach(bytes: Uint8Array, mediaType: string): StoredBlob {
    const blob = describeBlob(bytes, mediaType)
    const { $blob: sha256 } = blob
    this.#attachments ??= new Map()
    if (!this.#attachments.has(sha256)) this.#attachments.set(sha256, { sha256, mediaType, bytes })
    return blob
  }
}
