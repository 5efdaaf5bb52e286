import { beforeAll, describe, expect, it } from '@jest/globals';
import { createRouter } from '../../functions/src/app/router.ts';
import { deals } from '../../functions/src/modules/deals/deals.public.ts';
import { firestore } from '../../functions/src/platform/firestore.ts';
import { Meter } from '../../functions/src/platform/meter.ts';
import { runUnitOfWork } from '../../functions/src/platform/run-unit-of-work.ts';
import { startInvocation } from '../../functions/src/platform/runtime.ts';
import { dealOf, dealPath, storeDeal, storedDeal } from '../support/deals.ts';
import { createOrganisation, type Organisation } from '../support/organisation.ts';
import { requestOf } from '../support/request.ts';

/** The status that Firestore gives a query without an index and a write with an outdated precondition. */
const FAILED_PRECONDITION = 9;
const missingIndex = () =>
  Object.assign(new Error('9 FAILED_PRECONDITION: The query requires an index.'), {
    code: FAILED_PRECONDITION,
  });

/** A meter under which each call from the nth on finds no index. */
class IndexlessMeter extends Meter {
  refusals = 0;
  #callsLeft: number;

  constructor(callsBefore: number) {
    super();
    this.#callsLeft = callsBefore;
  }

  override trip<T>(call: () => Promise<T>): Promise<T> {
    this.#callsLeft -= 1;
    if (this.#callsLeft >= 0) return super.trip(call);
    this.refusals += 1;
    return Promise.reject(missingIndex());
  }
}

let org: Organisation;
beforeAll(async () => {
  org = await createOrganisation();
});

describe('a query whose index is missing', () => {
  it('fails with its own error and is not asked again', async () => {
    const meter = new IndexlessMeter(0);
    const store = { db: firestore(), meter };
    const asked = runUnitOfWork({ store, now: new Date() }, org.orgId, (unit) =>
      unit.query(deals, (query) => query.where('title', '==', 'A').limit(1)),
    );
    await expect(asked).rejects.toThrow('requires an index');
    expect(meter.refusals).toBe(1);
  });

  it('is answered as an error of ours, not as a conflict', async () => {
    const meter = new IndexlessMeter(1);
    const router = createRouter((requestId) => {
      const invocation = startInvocation(requestId);
      return { ...invocation, store: { ...invocation.store, meter } };
    });
    const token = await org.rep.token();
    const body = { title: 'New', value: 1, currency: 'USD', stage: 'LEAD' };
    const answer = await requestOf(router, 'POST /api/deals', { token, body });
    expect(answer).toMatchObject({ status: 500, body: { code: 'INTERNAL' } });
    expect(meter.refusals).toBe(1);
  });
});

describe('a commit that another one was faster than', () => {
  it('is run again from its reads', async () => {
    const id = await storeDeal(org.orgId, dealOf(org.rep.principal));
    const store = { db: firestore(), meter: new Meter() };
    let runs = 0;
    await runUnitOfWork({ store, now: new Date() }, org.orgId, async (unit) => {
      runs += 1;
      const deal = await unit.get(deals, id);
      if (runs === 1) await firestore().doc(dealPath(org.orgId, id)).update({ valueMinor: 7 });
      unit.update(deals, deal, { title: `Seen with ${deal.valueMinor}` });
    });
    expect(runs).toBe(2);
    expect(await storedDeal(org.orgId, id)).toMatchObject({ title: 'Seen with 7', valueMinor: 7 });
  });
});
