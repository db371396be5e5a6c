const views: Readonly<Record<string, new (buffer: ArrayBuffer) => ArrayBufferView>> = {
  Int8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
  DataView,
  // Not in Node 22.
  ...('Float16Array' in globalThis ? { Float16Array: globalThis.Float16Array } : {}),
}

/**
 * A copy of bytes in the class they were stored from: a typed array, `DataView`, `Buffer` or `ArrayBuffer`. Default, and
 * for a class unknown here or one that the length does not fit: `Uint8Array`.
 */
export function bytesInView(bytes: Uint8Array, view = 'Uint8Array'): ArrayBufferView | ArrayBuffer {
  if (view === 'Buffer') return Buffer.from(bytes)
  const copy = new Uint8Array(bytes)
  if (view === 'ArrayBuffer') return copy.buffer
  const View = Object.hasOwn(views, view) ? views[view] : undefined
  try {
    return View === undefined ? copy : new View(copy.buffer)
  } catch {
    return copy
  }
}
