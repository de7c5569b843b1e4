import fc from 'fast-check';
import { JOINED_FILES_BYTES } from '../shared/joined-files.js';
import { evolveStructure, noStructure, type Structure } from '../structure/structure.js';
import type { StructureEvent } from '../structure/structure-events.js';
import { specification } from '../testing/given.js';
import { missingOfRefundRequest, refundRequestTotal } from './refund-request-completeness.js';
import type { RefundRequestContent, RefundRequestLine } from './refund-request-content.js';
import {
  deleteRefundRequest,
  saveRefundRequest,
  sendRefundRequest,
  treatRefundRequest,
} from './refund-request-decisions.js';
import { refundRequestNumber, refundRequestStream, type RefundRequestEvent } from './refund-request-events.js';
import { REFUND_REQUEST_STATUS_CODES, REFUND_TREATMENTS, type RefundTreatment } from './refund-request-statuses.js';
import {
  evolveRefundRequest,
  noRefundRequest,
  type ExistingRefundRequest,
  type RefundRequest,
} from './refund-request.js';

const REQUEST = '4a4a4a4a-0000-4000-8000-000000000001';
const FARM = '55208131766522';
const OFFICE = '11000201100044';
const ACCOUNT = '5c5c5c5c-0000-4000-8000-000000000001';
const NUMBER = 'TIC-2026-00000001';
const by = 'account-1';

const { given } = specification<RefundRequest, RefundRequestEvent>(noRefundRequest, evolveRefundRequest);

const line = (change: Partial<RefundRequestLine> = {}): RefundRequestLine => ({
  number: 'G-1',
  issueDate: '2026-03-01',
  supplier: 'Gaz de l’Ouest',
  quantity: '12.5',
  unit: 'MWH',
  amount: '104.65',
  file: { name: 'g1.pdf', sha256: 'a'.repeat(64), size: 10 },
  ...change,
});
const complete: RefundRequestContent = {
  tax: 'TICGN',
  period: { start: '2026-01-01', end: '2026-06-30' },
  recipient: OFFICE,
  bankDetails: ACCOUNT,
  lines: [line()],
};
const saved = (content: RefundRequestContent = complete): RefundRequestEvent => ({
  type: 'RefundRequestSaved',
  data: { request: REQUEST, structure: FARM, content, by },
});
const deleted: RefundRequestEvent = { type: 'RefundRequestDeleted', data: { request: REQUEST, by } };
const sent: RefundRequestEvent = {
  type: 'RefundRequestSent',
  data: { request: REQUEST, number: NUMBER, recipient: OFFICE, by },
};
const changed = (status: RefundTreatment, reason: string | null = null): RefundRequestEvent => ({
  type: 'RefundRequestStatusChanged',
  data: { request: REQUEST, status, reason, by },
});

const OPENED: StructureEvent = { type: 'SpaceOpened', data: { space: 'ENERGY_TAX_REFUNDS', service: null, by } };
const ATTACHED: StructureEvent = {
  type: 'BankDetailsAdded',
  data: { id: ACCOUNT, label: 'Compte', holder: 'GAEC', iban: 'FR76', bic: 'BDFE', factor: null, person: null, by },
};
const structure = (identifier: string, publicEntity: boolean, ...events: readonly StructureEvent[]): Structure => {
  const registered: StructureEvent = {
    type: 'StructureRegistered',
    data: { identifier, name: 'Structure', publicEntity, primaryManager: null },
  };
  return [registered, ...events].reduce(evolveStructure, noStructure);
};
const farm = structure(FARM, false, OPENED, ATTACHED);
const office = structure(OFFICE, true, OPENED);
const replaced: StructureEvent = { type: 'StructureDeactivated', data: { successor: '13002526500021' } };

const wanted = { request: REQUEST, structure: FARM, content: complete, by };
const around = { structure: farm, uploaded: true };
const sending = { number: NUMBER, by };
const parties = { structure: farm, recipient: office };

/** Decides on a request that is there. */
function on<T>(decide: (state: ExistingRefundRequest) => T): (state: RefundRequest) => T {
  return (state) => {
    if (state.status === 'none' || state.status === 'deleted') throw new Error('there is no request');
    return decide(state);
  };
}

describe('saving a request', () => {
  it.each([
    ['nothing', {}],
    ['little', { tax: 'TIC', lines: [{}] }],
    ['everything', complete],
  ] as const)('R29 takes one in which %s is typed', (_, content) => {
    given()
      .when((state) => saveRefundRequest(state, { ...wanted, content }, around))
      .then(saved(content));
  });

  it('R29 takes the whole content anew, and does nothing when it is the same', () => {
    given(saved({}))
      .when((state) => saveRefundRequest(state, wanted, around))
      .then(saved());
    given(saved())
      .when((state) => saveRefundRequest(state, wanted, around))
      .then();
  });

  it('R16 refuses a structure that is not active (STR-003)', () => {
    for (const gone of [noStructure, structure(FARM, false, OPENED, replaced)])
      given()
        .when((state) => saveRefundRequest(state, wanted, { ...around, structure: gone }))
        .refused('STR-003');
  });

  it('R29 refuses as long as the space is not open on the structure (RTE-001), be it on a service', () => {
    const onService: StructureEvent = { type: 'SpaceOpened', data: { space: 'ENERGY_TAX_REFUNDS', service: 'A', by } };
    for (const events of [[], [onService]])
      given()
        .when((state) => saveRefundRequest(state, wanted, { ...around, structure: structure(FARM, false, ...events) }))
        .refused('RTE-001');
  });

  it('R29 refuses to change what was sent, or deleted (RTE-002)', () => {
    for (const end of [sent, deleted])
      given(saved(), end)
        .when((state) => saveRefundRequest(state, wanted, around))
        .refused('RTE-002');
  });

  it('R24 R29 refuses a file that was not uploaded before (RTE-003)', () => {
    given()
      .when((state) => saveRefundRequest(state, wanted, { ...around, uploaded: false }))
      .refused('RTE-003');
  });

  it('R24 R29 refuses files of more than 120 MB together (RTE-004), those of lines included, and takes them to the byte', () => {
    const file = (size: number) => ({ name: 'a.pdf', sha256: 'a'.repeat(64), size });
    const of = (size: number) => ({
      lines: [{ file: file(JOINED_FILES_BYTES) }],
      supportingDocuments: [file(size)],
    });
    given()
      .when((state) => saveRefundRequest(state, { ...wanted, content: of(1) }, around))
      .refused('RTE-004');
    expect(saveRefundRequest(noRefundRequest, { ...wanted, content: of(0) }, around).accepted).toBe(true);
  });
});

describe('deleting a request', () => {
  it('R29 deletes a draft', () => {
    given(saved({}))
      .when(on((state) => deleteRefundRequest(state, by)))
      .then(deleted);
  });

  it('R29 refuses to delete what was sent (RTE-002)', () => {
    given(saved(), sent)
      .when(on((state) => deleteRefundRequest(state, by)))
      .refused('RTE-002');
  });
});

describe('sending a request', () => {
  it('R29 sends what lacks nothing, under a number', () => {
    given(saved())
      .when(on((state) => sendRefundRequest(state, sending, parties)))
      .then(sent);
    expect(refundRequestNumber('2026', 1n)).toBe(NUMBER);
  });

  it('R29 does nothing when it was sent before, whatever became of it', () => {
    given(saved(), sent, changed('received'))
      .when(on((state) => sendRefundRequest(state, { ...sending, number: 'TIC-2026-00000002' }, parties)))
      .then();
  });

  it('R16 refuses a structure that is not active any more (STR-003)', () => {
    const gone = structure(FARM, false, OPENED, ATTACHED, replaced);
    given(saved())
      .when(on((state) => sendRefundRequest(state, sending, { ...parties, structure: gone })))
      .refused('STR-003');
  });

  it('R29 refuses when the space was closed meanwhile (RTE-001)', () => {
    given(saved())
      .when(
        on((state) => sendRefundRequest(state, sending, { ...parties, structure: structure(FARM, false, ATTACHED) })),
      )
      .refused('RTE-001');
  });

  it('R29 refuses what lacks something (RTE-005), and says what first', () => {
    given(saved({ ...complete, lines: [line({ amount: '0.00' })] }))
      .when(on((state) => sendRefundRequest(state, sending, parties)))
      .refused('RTE-005');
    const state = evolveRefundRequest(noRefundRequest, saved({})) as ExistingRefundRequest;
    expect(sendRefundRequest(state, sending, parties)).toMatchObject({
      message: expect.stringMatching(/Taxe.*5/) as string,
    });
  });

  it('R29 refuses bank details that are not, or no more, those of the structure (RTE-006)', () => {
    const removed: StructureEvent = { type: 'BankDetailsRemoved', data: { id: ACCOUNT, by } };
    for (const events of [[OPENED], [OPENED, ATTACHED, removed]])
      given(saved())
        .when(
          on((state) =>
            sendRefundRequest(state, sending, { ...parties, structure: structure(FARM, false, ...events) }),
          ),
        )
        .refused('RTE-006');
  });

  it.each([
    ['that is not there', noStructure],
    ['that is no public one', structure(OFFICE, false, OPENED)],
    ['that has not opened the space', structure(OFFICE, true)],
    ['that is not active any more', structure(OFFICE, true, OPENED, replaced)],
  ])('R29 refuses a recipient %s (RTE-007)', (_, recipient) => {
    given(saved())
      .when(on((state) => sendRefundRequest(state, sending, { ...parties, recipient })))
      .refused('RTE-007');
  });
});

describe('treating a request', () => {
  const treat = (status: RefundTreatment, reason: string | null = null) =>
    on((state) => treatRefundRequest(state, { status, reason, by }));

  it('R29 receives it, accepts it and pays it', () => {
    given(saved(), sent).when(treat('received')).then(changed('received'));
    given(saved(), sent, changed('received')).when(treat('accepted')).then(changed('accepted'));
    given(saved(), sent, changed('received'), changed('accepted')).when(treat('paid')).then(changed('paid'));
  });

  it('R29 refuses it with a reason, and not without one (RTE-009)', () => {
    const past = [saved(), sent, changed('received')];
    given(...past)
      .when(treat('refused', 'Facture illisible.'))
      .then(changed('refused', 'Facture illisible.'));
    for (const reason of [null, ' '])
      given(...past)
        .when(treat('refused', reason))
        .refused('RTE-009');
  });

  it('R29 does nothing when it is so already', () => {
    given(saved(), sent, changed('received')).when(treat('received')).then();
  });

  it('R29 refuses every other way (RTE-008)', () => {
    const pasts: Readonly<Record<(typeof REFUND_REQUEST_STATUS_CODES)[number], readonly RefundRequestEvent[]>> = {
      draft: [saved()],
      sent: [saved(), sent],
      received: [saved(), sent, changed('received')],
      accepted: [saved(), sent, changed('received'), changed('accepted')],
      refused: [saved(), sent, changed('received'), changed('refused', 'Non.')],
      paid: [saved(), sent, changed('received'), changed('accepted'), changed('paid')],
    };
    const allowed = new Set(['sent received', 'received accepted', 'received refused', 'accepted paid']);
    let refusals = 0;
    for (const from of REFUND_REQUEST_STATUS_CODES)
      for (const to of REFUND_TREATMENTS)
        if (from !== to && !allowed.has(`${from} ${to}`)) {
          given(...pasts[from])
            .when(treat(to, 'Parce que.'))
            .refused('RTE-008');
          refusals += 1;
        }
    expect(refusals).toBe(16);
  });
});

describe('a request', () => {
  it('R29 cannot go on before it was saved', () => {
    expect(() => evolveRefundRequest(noRefundRequest, sent)).toThrow('without a request');
    expect(refundRequestStream(REQUEST)).toBe(`refund-request-${REQUEST}`);
  });

  it('R29 sends nothing whose content is gone', () => {
    const gone: RefundRequestEvent = {
      type: 'RefundRequestSaved',
      data: { request: REQUEST, structure: FARM, content: null, by },
    };
    given(gone)
      .when(on((state) => sendRefundRequest(state, sending, parties)))
      .refused('RTE-005');
  });
});

describe('what a request lacks', () => {
  const fields = (content: RefundRequestContent): readonly string[] =>
    missingOfRefundRequest(content).map(({ field }) => field);

  it('R29 is nothing when all is there', () => {
    expect(fields(complete)).toEqual([]);
  });

  it('R29 is the header and a line, of an empty one', () => {
    expect(fields({})).toEqual(['tax', 'period.start', 'period.end', 'recipient', 'bankDetails', 'lines']);
  });

  it('R29 is everything of an empty line, its invoice among it', () => {
    const members = ['number', 'issueDate', 'supplier', 'quantity', 'unit', 'amount', 'file'];
    expect(fields({ ...complete, lines: [line(), {}] })).toEqual(members.map((member) => `lines[1].${member}`));
  });

  it.each([
    ['a day that is none', { period: { start: '2026-02-30', end: '2026-06-30' } }, 'period.start'],
    ['a period that ends before it starts', { period: { start: '2026-07-01', end: '2026-06-30' } }, 'period.end'],
    ['a quantity of zero', { lines: [line({ quantity: '0' })] }, 'lines[0].quantity'],
    ['an amount with a sign', { lines: [line({ amount: '-1' })] }, 'lines[0].amount'],
    ['an invoice that is on two lines', { lines: [line(), line({ amount: '1' })] }, 'lines[1].number'],
  ])('R29 tells %s', (_, change, field) => {
    expect(fields({ ...complete, ...change })).toEqual([field]);
  });

  it('R29 is no invoice of the same number by another supplier, or of another day', () => {
    expect(
      fields({ ...complete, lines: [line(), line({ supplier: 'B' }), line({ issueDate: '2026-03-02' })] }),
    ).toEqual([]);
  });
});

describe('the total of a request', () => {
  it('R29 is the exact sum of its lines, whatever their order', () => {
    const cents = fc.integer({ min: 1, max: 10 ** 12 });
    const amountOf = (one: number): string => `${Math.floor(one / 100)}.${String(one % 100).padStart(2, '0')}`;
    fc.assert(
      fc.property(fc.array(cents, { minLength: 1, maxLength: 50 }), (amounts) => {
        const sum = amounts.reduce((total, one) => total + BigInt(one), 0n);
        const expected = `${sum / 100n}.${String(sum % 100n).padStart(2, '0')}`;
        expect(refundRequestTotal({ lines: amounts.map((one) => ({ amount: amountOf(one) })) })).toBe(expected);
      }),
    );
  });

  it('R29 is not there without lines, nor while one lacks its amount', () => {
    expect(refundRequestTotal({})).toBeNull();
    expect(refundRequestTotal({ lines: [line(), {}] })).toBeNull();
  });
});
