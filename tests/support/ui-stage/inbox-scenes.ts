import type { Desk } from '../../../renderer/app/desk.ts';
import type { Composed, MessageView } from '../../../shared/contracts/messages/conversation.ts';
import type { WrittenWork } from '../../../shared/contracts/messages/inbox.ts';
import { chatOf, conversationOf, file, messageOf, stageTemplates, waitingOf, workOf, writtenPop } from './conversations.ts';
import type { StageLanguage } from './people.ts';
import { stageHits } from './record-people.ts';
import type { ScriptedBridge } from './scripted-bridge.ts';

/** Written work: the inbox of the board, each channel, and what opens over it. */
const scenes = [
  'inbox',
  'inbox-queue',
  'inbox-mail',
  'inbox-mail-reply',
  'inbox-sms',
  'inbox-states',
  'inbox-note',
  'inbox-finish',
  'inbox-snooze',
  'inbox-invite',
  'inbox-transfer',
  'inbox-quick',
  'inbox-new',
  'inbox-offer',
  'inbox-offer-beside',
  'inbox-guest',
  'inbox-offline',
  'inbox-quarantine',
  'inbox-bring-in',
] as const;
const room = [
  { channel: 'voice', inHand: 0, most: 1 },
  { channel: 'email', inHand: 2, most: 5 },
  { channel: 'sms', inHand: 1, most: 4 },
  { channel: 'chat', inHand: 2, most: 2 },
  { channel: 'document', inHand: 0, most: 5 },
] as const;
type InboxScene = (typeof scenes)[number];

export const isInboxScene = (scene: string): scene is InboxScene => scenes.some((each) => each === scene);

const minute = 60_000;
const hour = 60 * minute;

export function setInboxScene(scene: InboxScene, bridge: ScriptedBridge, desk: Desk, language: StageLanguage): void {
  const now = Date.now();
  const isEnglish = language === 'en';
  const say = (en: string, zh: string) => (isEnglish ? en : zh);
  const words = (text: string): Composed => ({
    ...{ kind: 'reply', about: null, to: [], cc: [], bcc: [], subject: '', html: null, fileIds: [] },
    text,
  });
  const draft = (interactionId: string, composed: Composed) => ({ interactionId, composed, files: [], revision: 4, savedAt: now - 4_000 });

  const chat = workOf(
    'chat',
    now,
    {
      ...{ interactionId: 'i-aylin', name: null, waitsSince: now - 48_000, answerBy: now + 72_000 },
      preview: say('Yes, both names are on the account', '两人都在账户上'),
      draft: draft(
        'i-aylin',
        words(
          say(
            'Done: Jon Demir can now change the appointment as well. He will get the same text the evening before',
            '已办理：您的同事也可以改约，前一晚会收到同样的短信提醒',
          ),
        ),
      ),
    },
    language,
  );
  const aylin: WrittenWork = {
    ...chat,
    conversation: conversationOf('chat', {
      ...chat.conversation,
      subject: say('Moving office', '公司搬迁'),
      visitor: { isThere: true, readSeq: 6, page: say('Move your lines', '线路移机') },
    }),
  };
  const other = (
    channel: Parameters<typeof workOf>[0],
    interactionId: string,
    name: string,
    subject: string | null,
    preview: string,
    change: Partial<WrittenWork>,
  ): WrittenWork => {
    const work = workOf(channel, now, { interactionId, name, preview, ...change }, language);
    return { ...work, conversation: { ...work.conversation, subject } };
  };
  const mail = other(
    'email',
    'i-mail',
    say('Brook Street Clinic', '溪畔诊所'),
    say('Second line for the reception', '前台加装第二线路'),
    '',
    {
      ...{ waitsSince: now - 2 * hour, answerBy: now + 25 * minute, unread: 1 },
    },
  );
  const sms = other(
    'sms',
    'i-sms',
    say('Tomasz Zieliński', '谢天明'),
    null,
    say('No signal since the storm, cell 4 is down', '暴雨后没有信号'),
    {
      ...{ waitsSince: now - 40 * minute, answerBy: now + 3 * hour, unread: 2 },
    },
  );
  const mailOfClinic: WrittenWork = {
    ...mail,
    pop: { ...mail.pop, caller: { ...mail.pop.caller, display: 'reception@brookstreet.example' } },
  };
  const mine: WrittenWork[] = [
    aylin,
    other('chat', 'i-devon', say('Devon Clarke', '狄文'), null, say('And the router?', '路由器呢？'), {
      ...{ waitsSince: now - 9_000, answerBy: now + 111_000, unread: 1 },
    }),
    mailOfClinic,
    sms,
    other('email', 'i-orla', say('Orla Byrne', '欧丽雅'), say('Invoice address is wrong again', '发票地址又错了'), '', {
      ...{ waitsSince: now - 5 * hour, answerBy: now - 12 * minute },
    }),
    other('email', 'i-pennine', say('Pennine Motors', '奔宁汽车'), say('Number porting, form attached', '携号转网，附表格'), '', {
      state: 'waiting',
    }),
    other('sms', 'i-ruth', say('Ruth Adeyemi', '贺兰'), null, say('Replied with the opening hours', '已回复营业时间'), {
      state: 'waiting',
    }),
    other('document', 'i-kestrel', say('Kestrel Housing', '红隼物业'), say('Scanned letter, contract change', '扫描信函，合同变更'), '', {
      ...{ state: 'snoozed', snoozedUntil: now + 20 * hour },
    }),
  ];

  const c = (work: WrittenWork) => work.conversation.conversationId;
  const address = { address: 'reception@brookstreet.example', name: say('Brook Street Clinic', '溪畔诊所') };
  const mailFacts = (from = address) => ({
    from,
    to: [{ address: 'care@northline.example', name: null }],
    cc: [{ address: 'it@brookstreet.example', name: null }],
    replyTo: [],
  });
  const messages: Record<string, MessageView[]> = {
    [c(aylin)]: chatOf(c(aylin), now, language),
    [c(mail)]: [
      messageOf(c(mail), 1, 'in', say('Can we have a second line?', '可以加装第二条线路吗？'), now - 26 * hour, { mail: mailFacts() }),
      messageOf(c(mail), 2, 'out', say('Certainly. From which day on?', '可以，请问何时开通？'), now - 25 * hour, {
        state: { name: 'sent', why: null, at: now },
        mail: mailFacts({ address: 'care@northline.example', name: say('Northline', '东海通信') }),
      }),
      messageOf(c(mail), 3, 'in', '…', now - 2 * hour, {
        ...{ mail: mailFacts(), html: { hasRemoteContent: true }, quoted: 'x' },
        files: [
          file({ fileId: 'f-plan', name: say('floor-plan.png', '平面图.png'), mediaType: 'image/png', bytes: 1_240_000 }),
          file({ name: say('Lines-today.pdf', '现有线路.pdf') }),
        ],
      }),
    ],
    [c(sms)]: [
      messageOf(c(sms), 1, 'in', say('No signal since the storm', '暴雨后没有信号'), now - 42 * minute, {
        sms: { segments: 1, isIncomplete: false },
      }),
      messageOf(c(sms), 2, 'in', say('cell 4 is down on your map', '地图显示 4 号基站故障'), now - 40 * minute, {
        sms: { segments: 1, isIncomplete: true },
      }),
    ],
  };
  if (scene === 'inbox-states') {
    const ours = (seq: number, name: NonNullable<MessageView['state']>['name'], why: string | null = null) =>
      messageOf(c(sms), seq, 'out', say(`This one is ${name}.`, `状态 ${name}`), now - (20 - seq) * minute, {
        state: { name, why, at: now },
      });
    const ofCall = (seq: number, text: string, name: string | null = null, quoted = '') =>
      messageOf(c(sms), seq, 'event', text, now - (20 - seq) * minute, { author: { kind: 'system', name }, quoted });
    messages[c(sms)] = [
      ...(messages[c(sms)] ?? []),
      ours(3, 'delivered'),
      ours(4, 'noReceipt'),
      ours(5, 'withdrawn'),
      ours(6, 'failed', say('number not in service', '号码已停用')),
      ours(7, 'mayHaveBeenSent'),
      ours(8, 'queued'),
      ours(9, 'queued', 'no connection, or it broke'),
      ofCall(10, 'called', say('Lena Hartmann', '林晓月'), say('07700 900142', '139 0000 4126')),
      ofCall(11, 'notReached'),
      ofCall(12, 'called', say('Lena Hartmann', '林晓月'), say('07700 900142', '139 0000 4126')),
      ofCall(13, 'talked 192'),
    ];
  }
  const html = say(
    '<p style="color:#224466">Good morning,</p><p>from <b>2 December</b>. The plan of the rooms is attached.</p><table border="1" cellpadding="6" style="border-collapse:collapse"><tr><td>Room</td><td>Line</td></tr><tr><td>Reception</td><td>0207 946 0112</td></tr></table><p><img data-remote-src="https://pictures.invalid/logo.png" alt="Our logo" width="120" height="32"></p><script>document.title = "no"</script><p>Kind regards<br>Brook Street Clinic</p>',
    '<p style="color:#224466">您好，</p><p><b>12 月 2 日</b>起。附房间平面图。</p><table border="1" cellpadding="6" style="border-collapse:collapse"><tr><td>房间</td><td>线路</td></tr><tr><td>前台</td><td>0574 8700 1234</td></tr></table><p><img data-remote-src="https://pictures.invalid/logo.png" alt="标志" width="120" height="32"></p><p>此致<br>溪畔诊所</p>',
  );
  const places = JSON.stringify({
    sources: [
      { id: 'letters', name: { en: 'Letters', zh: '信函' }, kind: 'letter' },
      { id: 'forms', name: { en: 'Forms', zh: '业务表单' }, kind: 'form' },
    ],
  });
  bridge.fetchFile = async (path) => ({
    ok: true,
    value: { name: null, content: new Blob([path.endsWith('/html') ? html : path === '/api/documents/sources' ? places : '']) },
  });
  bridge.answers['conversation:messages'] = ({ conversationId }) => ({
    ok: true,
    value: {
      conversation: mine.find((work) => c(work) === conversationId)?.conversation ?? aylin.conversation,
      messages: messages[conversationId] ?? [],
      hasMore: false,
    },
  });
  bridge.answers['sources:list'] = () => ({
    ok: true,
    value: {
      sources: [
        { id: 'care', channel: 'email', name: { en: 'Care', zh: '客户服务' }, address: 'care@northline.example', sends: true },
        { id: 'billing', channel: 'email', name: { en: 'Billing', zh: '账务' }, address: 'billing@northline.example', sends: true },
      ],
    },
  });
  bridge.answers['templates:list'] = () => ({ ok: true, value: { templates: stageTemplates } });
  bridge.answers['message:save-draft'] = ({ interactionId, composed, revision }) => ({
    ok: true,
    value: { interactionId, composed, files: [], revision, savedAt: Date.now() },
  });
  bridge.answers['call:find-colleagues'] = () => ({
    ok: true,
    value: {
      colleagues: (isEnglish ? ['Dana Whitlock', 'Sam Ito', 'Joyce Mbeki'] : ['孙立群', '周晓', '欧阳静']).map((name, at) => ({
        agent: {
          ...{ agentId: `ag-${at + 2}`, name, extension: `602${at}`, presence: 'available', notReadyReason: null, workState: 'idle' },
          ...{ since: now - at * minute, skills: [{ skill: 'billing', level: 4 }] },
        },
        mayBeAsked: at < 2,
      })),
    },
  });
  bridge.answers['quarantine:list'] = () => ({
    ok: true,
    value: {
      arrivals: ['a', 'b'].map((arrivalId, at) => ({
        ...{ arrivalId, channel: 'email', sourceId: 'care', receivedAt: now - at * hour, bytes: 136_000 - at * 90_000 },
        ...{
          why: 'tooDeep',
          from: at === 0 ? 'someone@far.example' : null,
          text: at === 0 ? 'Subject: Re: <b>order</b>\n\nPlease find the order attached.' : '',
        },
      })),
    },
  });

  const selected = scene.startsWith('inbox-mail') ? 'i-mail' : scene === 'inbox-sms' || scene === 'inbox-states' ? 'i-sms' : 'i-aylin';
  const isOffer = scene === 'inbox-offer' || scene === 'inbox-offer-beside';
  const offered = {
    ...writtenPop(
      'chat',
      language,
      now,
      say('Priya Nair', '潘丽娅'),
      say('Hello, my invoice shows two lines that we gave back in March. Can you look?', '您好，账单里有两条三月已退的线路，能查一下吗？'),
    ),
    interactionId: 'i-priya',
  };
  const withDraft = (work: WrittenWork): WrittenWork => {
    if (scene === 'inbox-guest' && work === aylin)
      return { ...work, isGuest: true, draft: null, guests: [{ agentId: 'ag-1', name: 'Lena' }] };
    if (scene === 'inbox-mail-reply' && work === mailOfClinic)
      return {
        ...work,
        draft: draft('i-mail', {
          ...{
            kind: 'reply',
            about: `${c(mail)}-m3`,
            to: [address],
            cc: [],
            bcc: [],
            subject: say('Re: Second line for the reception', 'Re: 前台加装第二线路'),
          },
          ...{
            text: say('Booked for 2 December.', '已预约 12 月 2 日。'),
            html: say('<p>Booked for <strong>2 December</strong>.</p>', '<p>已预约 <strong>12 月 2 日</strong>。</p>'),
            fileIds: [],
          },
        }),
      };
    if (scene === 'inbox-sms' && work === sms)
      return {
        ...work,
        draft: draft(
          'i-sms',
          words(say('Cell 4 is being repaired until 18:00. I am sorry, Mr Zieliński.', '4 号基站正在抢修，预计 18:00 恢复。')),
        ),
      };
    return work;
  };
  const { agent } = bridge.snapshotNow;
  bridge.snapshotNow = {
    ...bridge.snapshotNow,
    user: {
      ...bridge.snapshotNow.user,
      rights: [...bridge.snapshotNow.user.rights, ...(scene === 'inbox-quarantine' ? (['queue:watch'] as const) : [])],
    },
    agent: agent && { ...agent, since: now - 402_000, room: [...room] },
    inbox: {
      mine: scene === 'inbox-offer' ? [] : mine.map(withDraft),
      waiting: [
        waitingOf('w-1', 'chat', say('Hugo Blanc', '胡波'), say('Is anybody there?', '有人吗？'), now, { answerBy: now + 20_000 }),
        waitingOf('w-2', 'email', say('Vera Lang', '郎薇'), '', now, {
          subject: say('Cancel my second line', '取消第二线路'),
          answerBy: now + 2 * hour,
        }),
        waitingOf('w-3', 'sms', say('+44 7700 900188', '139 0000 1880'), say('STILL no signal', '还是没有信号'), now, {
          answerBy: now - 4 * minute,
          priority: 70,
        }),
      ],
    },
    offers: isOffer
      ? [
          {
            ...{ reservationId: 'r-priya', interactionId: 'i-priya', channel: 'chat', offeredAt: now - 4_000, ringsUntil: now + 26_000 },
            pop: offered,
          },
        ]
      : [],
  };
  setTimeout(() => {
    desk.stores.view.setState({ selectedId: selected });
    bridge.push('conversation:typing-seen', { interactionId: 'i-devon' });
    const { inbox } = desk;
    inbox.loadTemplates();
    const interactionId = selected;
    if (scene === 'inbox-note') inbox.write(interactionId, 'note');
    if (scene === 'inbox-finish') inbox.open({ kind: 'finish', interactionId });
    if (scene === 'inbox-snooze') inbox.open({ kind: 'snooze', interactionId });
    if (scene === 'inbox-invite') inbox.open({ kind: 'invite', interactionId });
    if (scene === 'inbox-transfer') inbox.open({ kind: 'transfer', interactionId });
    if (scene === 'inbox-quick') setTimeout(() => inbox.open({ kind: 'quickReplies', interactionId }), 100);
    if (scene === 'inbox-new') inbox.open({ kind: 'new', channel: 'email', to: 'm.okafor@harbourvale.example', contactId: 'c-okafor' });
    if (scene === 'inbox-bring-in') {
      bridge.fileAnswers['/api/documents?sourceId=letters'] = ({ name }) => ({
        ok: true,
        value: { outcome: name === 'a' ? 'known' : 'kept' },
      });
      bridge.answers['customer:search'] = () => ({ ok: true, value: { hits: stageHits(language) } });
      inbox.open({ kind: 'bringIn' });
      const choosing = setInterval(() => {
        const field = document.querySelector<HTMLInputElement>('.bring-in input[type=file]');
        if (!field || document.querySelector<HTMLSelectElement>('.bring-in select')?.value !== 'letters') return;
        clearInterval(choosing);
        const chosen = new DataTransfer();
        chosen.items.add(new File(['x'.repeat(184_000)], say('Order of 12 November.pdf', '十一月十二日订单.pdf')));
        chosen.items.add(new File(['x'.repeat(20_000)], 'a'));
        field.files = chosen.files;
        field.dispatchEvent(new Event('change', { bubbles: true }));
      }, 20);
    }
    if (scene === 'inbox-quarantine') {
      inbox.open({ kind: 'quarantine' });
      inbox.loadQuarantine();
    }
    if (scene === 'inbox-queue') {
      const opening = setInterval(() => {
        const queue = document.querySelectorAll<HTMLInputElement>('.work-list .segment input')[1];
        if (!queue) return;
        clearInterval(opening);
        queue.click();
      }, 20);
    }
    if (scene === 'inbox-offline') {
      bridge.loseConnection();
      inbox.send('i-aylin');
    }
  });
}
