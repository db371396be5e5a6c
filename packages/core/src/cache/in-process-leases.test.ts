import { expect, test } from 'vitest'
import { leasesContract } from '../testing/leases-contract.ts'
import { InProcessLeases } from './in-process-leases.ts'

const leases = new InProcessLeases()

test.for(leasesContract(async () => leases))('$name', async ({ run }) => {
  await expect(run()).resolves.toBeUndefined()
})
