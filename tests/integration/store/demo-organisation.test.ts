import { describe, expect, it } from 'vitest';
import { validateConfiguration } from '../../../cti-bridge/organisation/index.ts';
import { hotlines } from '../../../cti-bridge/store/seed/demo-people.ts';
import { meets, parseSkillExpression } from '../../../shared/skill-expression.ts';
import { inspect, openFor, temporaryFolder } from './store-under-test.ts';

describe('the demo organisation', () => {
  it('has the people, the companies and the histories it promises', async () => {
    const folder = temporaryFolder();
    await openFor(folder, 'demo');
    const [figures] = inspect<Record<string, number>>(
      folder,
      `select (select count(*) from person) as people,
        (select count(*) from account where kind = 'company') as companies,
        (select count(*) from person where locale = 'zh') as chinese,
        (select count(*) from timeline_entry) as entries,
        (select count(*) from timeline_entry where at > (select json_extract(value, '$.at') from store_fact)) as fromTheFuture,
        (select count(*) from (select value from identifier where is_shared = 1 group by value having count(*) > 1)) as sharedNumbers,
        (select count(*) from (select value from identifier where is_shared = 0 group by value having count(*) > 1)) as duplicates,
        (select count(*) from customer_case where closed_at is null) as openCases,
        (select count(*) from product where unused > 0) as unusedProducts`,
    );
    expect(figures).toMatchObject({ people: 500, companies: 40, fromTheFuture: 0 });
    expect(figures?.chinese).toBeGreaterThan(200);
    expect(figures?.chinese).toBeLessThan(400);
    expect(figures?.entries).toBeGreaterThan(4_000);
    expect(figures?.sharedNumbers).toBeGreaterThanOrEqual(5);
    expect(figures?.duplicates).toBeGreaterThanOrEqual(4);
    expect(figures?.openCases).toBeGreaterThan(30);
    expect(figures?.unusedProducts).toBeGreaterThan(10);
  });

  it('has key accounts with a manager and an anniversary this week', async () => {
    const folder = temporaryFolder();
    await openFor(folder, 'demo');
    const week = Array.from({ length: 8 }, (_, inDays) => {
      const date = new Date();
      date.setDate(date.getDate() + inDays);
      return `'${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}'`;
    });
    const keyAccounts = inspect<{ manager_name: string; days: number }>(
      folder,
      `select manager_name, (select count(*) from anniversary where anniversary.account_id = account.account_id and day in (${week.join()})) as days
       from account where is_key_account = 1`,
    );
    expect(keyAccounts.length).toBeGreaterThanOrEqual(8);
    for (const account of keyAccounts)
      expect(account).toMatchObject({ manager_name: expect.stringMatching(/./), days: expect.any(Number) });
    expect(keyAccounts.every((account) => account.days > 0)).toBe(true);
  });

  it('knows the birthday of whoever has one to be remembered', async () => {
    const folder = temporaryFolder();
    await openFor(folder, 'demo');
    const remembered = inspect<{ day: string; birthday: string | null }>(
      folder,
      `select anniversary.day, person.birthday from anniversary join person using (contact_id) where anniversary.kind = 'birthday'`,
    );
    expect(remembered.length).toBeGreaterThan(1);
    for (const { day, birthday } of remembered) expect(birthday?.slice(-5)).toBe(day);
  });

  it('has hotlines, queues, agents for every skill, and outcomes of which the default can be chosen', async () => {
    const store = await openFor(temporaryFolder(), 'demo');
    const { queues, dispositions, homeCountry } = await store.readOrganisation();
    const { entries } = await store.flows.readEntries();
    const live = (await store.flows.readAll()).filter((flow) => flow.live !== null).map(({ flowId }) => flowId);
    const agents = await store.users.listAgents();

    expect(homeCountry).toBe('CN');
    expect(queues.map((queue) => queue.id)).toEqual([
      ...['billing', 'technical', 'sales', 'general'],
      ...['mail', 'texts', 'chats', 'letters'],
    ]);
    expect(entries.map((entry) => entry.dnis).sort()).toEqual(Object.values(hotlines).sort());
    for (const entry of entries) for (const { flowId } of entry.flows) expect(live).toContain(flowId);
    expect(agents.filter((agent) => agent.role === 'agent')).toHaveLength(12);
    for (const queue of queues) {
      const needs = parseSkillExpression(queue.needs);
      expect(agents.filter((agent) => needs.ok && meets(needs.expression, agent.skills)).length).toBeGreaterThan(2);
      const chosen = dispositions.find((each) => each.code === queue.wrapUp.defaultDisposition);
      expect(chosen).toMatchObject({ code: 'notCoded', label: { zh: '未小结' } });
      expect(dispositions.some((each) => each.parent === 'notCoded')).toBe(false);
    }
  });

  it('is set up with something of everything, and passes its own judgement', async () => {
    const store = await openFor(temporaryFolder(), 'demo');
    const { revision, configuration } = await store.configuration.read();
    expect(revision).toBe(0);
    expect(validateConfiguration(configuration)).toEqual({ ok: true, configuration });
    // Another system comes with a secret of its own, which a demonstration has not.
    const { apiClients: _, ...rest } = configuration;
    for (const list of Object.values(rest)) if (Array.isArray(list)) expect(list.length).toBeGreaterThan(0);
    // Both can be seen without setting anything up, each in one queue; who is recorded is told so.
    expect(
      configuration.queues.filter(({ voicemail }) => voicemail).map(({ id, whenWaitedTooLong }) => [id, whenWaitedTooLong.to]),
    ).toEqual([['general', 'voicemail']]);
    expect(configuration.queues.flatMap(({ id, recording }) => (recording ? [[id, recording]] : []))).toEqual([
      ['sales', { mode: 'always', announcement: 'call-recorded' }],
    ]);
    // `npm start` answers whenever it is tried.
    expect(configuration.queues.filter((queue) => queue.channel === 'voice' && queue.hours !== null)).toEqual([]);
  });

  it('has flows in which every exit leads to a node and every queue exists', async () => {
    const store = await openFor(temporaryFolder(), 'demo');
    const { queues } = await store.readOrganisation();
    const flows = (await store.flows.readAll()).flatMap(({ live }) => (live ? [live.flow] : []));
    expect(flows.length).toBeGreaterThan(0);
    for (const flow of flows) {
      const targets = Object.values(flow.nodes).flatMap((node) => Object.values(node.exits));
      expect(targets.filter((target) => !(target in flow.nodes))).toEqual([]);
      const wanted = Object.values(flow.nodes).flatMap((node) => (node.kind === 'queue' ? [node.queueId] : []));
      expect(wanted.filter((queueId) => !queues.some((queue) => queue.id === queueId))).toEqual([]);
    }
  });

  it('is the same at every first start but for its dates', async () => {
    const [one, other] = [temporaryFolder(), temporaryFolder()];
    await openFor(one, 'demo');
    await openFor(other, 'demo');
    for (const query of [
      'select * from person',
      'select contact_id, kind, value, is_shared from identifier',
      'select * from product',
      'select entry_id, title from timeline_entry',
    ]) {
      expect(inspect(one, query)).toEqual(inspect(other, query));
    }
  });
});
