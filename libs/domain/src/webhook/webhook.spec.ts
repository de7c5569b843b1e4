import {
  disableWebhook,
  enableWebhook,
  evolveWebhook,
  noWebhook,
  registerWebhook,
  removeWebhook,
  replayWebhook,
  rotateWebhookSecret,
  type Webhook,
  type WebhookEvent,
} from './webhook.js';

const after = { transaction: '0', position: 0 };
const data = (url: string) => ({ webhook: 'W', structure: 'S', url, description: null, after, by: 'account-1' });
const register = (url: string, privateAddresses = false) => registerWebhook(noWebhook, data(url), { privateAddresses });
const from = (...events: WebhookEvent[]): Webhook => events.reduce(evolveWebhook, noWebhook);
const registered: WebhookEvent = { type: 'WebhookRegistered', data: data('https://a.exemple/') };
const disabled: WebhookEvent = {
  type: 'WebhookDisabled',
  data: { webhook: 'W', reason: 'GONE', detail: null, by: 'platform' },
};
const removed: WebhookEvent = { type: 'WebhookRemoved', data: { webhook: 'W', by: 'account-1' } };

describe('a webhook', () => {
  it.each([
    ['https://a.exemple/recevoir?cle=1', true],
    ['https://a.exemple:8443/', true],
    ['http://a.exemple/', false],
    ['ftp://a.exemple/', false],
    ['https://nom:secret@a.exemple/', false],
    ['https://a.exemple/#partie', false],
    ['a.exemple', false],
    ['', false],
    [`https://a.exemple/${'x'.repeat(2_000)}`, false],
  ])('R48 at %s is taken: %s', (url, isTaken) => {
    const decision = register(url);
    expect(decision.accepted).toBe(isTaken);
    if (!decision.accepted) expect(decision.code).toBe('WHK-001');
  });

  it('R48 may be without TLS only where private addresses are open', () => {
    expect(register('http://127.0.0.1:8080/', true).accepted).toBe(true);
    expect(register('ftp://127.0.0.1/', true).accepted).toBe(false);
    expect(registerWebhook(from(registered), data('https://a.exemple/'), { privateAddresses: false })).toMatchObject({
      code: 'WHK-002',
    });
  });

  it('R48 is stopped and started once, however often it is asked', () => {
    expect(disableWebhook(from(registered), 'platform', 'FAILING', 'Délai dépassé.')).toMatchObject({
      events: [{ type: 'WebhookDisabled', data: { reason: 'FAILING', detail: 'Délai dépassé.' } }],
    });
    expect(disableWebhook(from(registered, disabled), 'account-1', 'ASKED', null)).toMatchObject({ events: [] });
    expect(enableWebhook(from(registered, disabled), 'account-1')).toMatchObject({
      events: [{ type: 'WebhookEnabled' }],
    });
    expect(enableWebhook(from(registered), 'account-1')).toMatchObject({ events: [] });
  });

  it.each([
    ['never registered', from()],
    ['removed', from(registered, removed)],
    ['removed, then stopped', from(registered, removed, disabled)],
  ])('R48 takes no command when it was %s', (_, webhook) => {
    const decisions = [
      rotateWebhookSecret(webhook, 'account-1', '2026-11-22T00:00:00.000Z'),
      disableWebhook(webhook, 'account-1', 'ASKED', null),
      enableWebhook(webhook, 'account-1'),
      replayWebhook(webhook, 'account-1', after),
      removeWebhook(webhook, 'account-1'),
    ];
    for (const decision of decisions) expect(decision).toMatchObject({ accepted: false, code: 'WHK-404' });
  });
});
