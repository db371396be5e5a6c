const password = /(\/\/[^\s/?#:@]*):[^\s/]*@/g
const secretParameter = /([?&;#][^=&;#\s]*(?:token|secret|passw|pwd|key|auth|signature)[^=&;#\s]*=)[^&;#\s]+/gi

/** A storage URL to show or to keep: with `***` in the place of passwords, and of parameters such as `authToken`. */
export function maskStorageUrl(url: string): string {
  return url.replaceAll(password, '$1:***@').replaceAll(secretParameter, '$1***')
}
