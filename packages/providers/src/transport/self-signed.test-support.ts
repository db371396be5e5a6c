import { generateKeyPairSync, sign } from 'node:crypto'

/** A certificate that nobody vouches for, and its key, as PEM. */
export interface SelfSigned {
  readonly key: string
  readonly cert: string
}

// The tags of ASN.1 that a certificate is made of (RFC 5280).
const sequence = (...parts: readonly Buffer[]): Buffer => tagged(0x30, ...parts)
const set = (...parts: readonly Buffer[]): Buffer => tagged(0x31, ...parts)
const objectId = (hex: string): Buffer => tagged(0x06, Buffer.from(hex, 'hex'))
const text = (value: string): Buffer => tagged(0x0c, Buffer.from(value))
const integer = (value: number): Buffer => tagged(0x02, Buffer.from([value]))
const time = (value: string): Buffer => tagged(0x18, Buffer.from(value))

/** Makes a certificate for a host name. */
export function makeSelfSigned(host: string): SelfSigned {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const ecdsaWithSha256 = sequence(objectId('2a8648ce3d040302'))
  const name = sequence(set(sequence(objectId('550403'), text(host))))
  const alternativeName = sequence(tagged(0x82, Buffer.from(host)))
  const extensions = sequence(sequence(objectId('551d11'), tagged(0x04, alternativeName)))
  const body = sequence(
    tagged(0xa0, integer(2)),
    integer(1),
    ecdsaWithSha256,
    name,
    sequence(time('20200101000000Z'), time('21200101000000Z')),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, extensions),
  )
  const signature = tagged(0x03, Buffer.from([0]), sign('sha256', body, privateKey))
  const base64 = sequence(body, ecdsaWithSha256, signature).toString('base64')
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${base64.replaceAll(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
  }
}

function tagged(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  const { length } = content
  const header = length < 128 ? [tag, length] : [tag, 0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from(header), content])
}
