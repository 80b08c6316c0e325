/** A main screen of the desktop, as it is shown in `docs/screens.md`. */
export interface Screen {
  readonly name: string;
  /** The scene of `tests/support/ui-stage` that plays it. */
  readonly scene: string;
  /** What stands on the page as soon as it can be taken. */
  readonly ready: string;
  /** Whether something in it is laid out once, when it opens: it is opened anew for each size. */
  readonly isDrawn?: boolean;
  /** The part that is taken, of a screen that is a small window by itself. */
  readonly only?: string;
  readonly title: string;
  readonly shows: string;
}

export const screens: readonly Screen[] = [
  {
    ...{ name: 'sign-in', scene: 'login', ready: '[name=username]', title: 'Sign in' },
    shows: 'Name and password, nothing else to set; the language is chosen before anybody is signed in.',
  },
  {
    ...{ name: 'check', scene: 'check-done', ready: '[role=dialog]', title: 'Check before a shift' },
    shows: 'Microphone, speaker, line and the call to oneself, each with what was found and what to do about it.',
  },
  {
    ...{ name: 'free', scene: 'promised-free', ready: 'main', title: 'Free, with own figures' },
    shows:
      'Nobody calls: what waits in the queues, what was promised for today and, at the foot of the work list, how the day went so far.',
  },
  {
    ...{ name: 'ringing', scene: 'ringing', ready: '.offer-pane', title: 'A call rings' },
    shows:
      'The whole record before the phone is answered: who it is and how sure that is, three things to know, where the caller was already.',
  },
  {
    ...{ name: 'talking', scene: 'guide', ready: 'main', title: 'A call with its guide' },
    shows: 'The guide leads through the call, notes are saved while they are typed, the customer stands beside it.',
  },
  {
    ...{ name: 'two-lines', scene: 'two-lines', ready: 'main', title: 'Two calls at once' },
    shows: 'One customer is held while the other is spoken to; the call bar says which is which and for how long.',
  },
  {
    ...{ name: 'transfer', scene: 'transfer', ready: '[role=dialog]', title: 'Handing a call over' },
    shows: 'Colleagues, queues, customers and numbers in one list, with who is free, and what they see before they answer.',
  },
  {
    ...{ name: 'wrap-up', scene: 'what-next', ready: '[role=tree]', title: 'Wrap-up' },
    shows: 'The outcome by keys 1 to 9, the note, what was promised and when the customer is called again.',
  },
  {
    ...{ name: 'palette', scene: 'palette-found', ready: '[role=combobox]', title: 'Palette' },
    shows: 'Ctrl K finds customers, companies, cases and every action, by part of a name, pinyin, initials or a number.',
  },
  {
    ...{ name: 'mail', scene: 'inbox-mail-reply', ready: '.mail-frame', isDrawn: true, title: 'A mail and its answer' },
    shows: 'Calls, mails, chats and messages in one list; the mail as it was written, and its answer with quick replies.',
  },
  {
    ...{ name: 'chat', scene: 'inbox', ready: '.composer-fits [aria-keyshortcuts]', title: 'A chat' },
    shows:
      'What was said so far, how long there is to answer, what fits it in the knowledge base, and the customer beside it. Text messages look the same.',
  },
  {
    ...{ name: 'knowledge', scene: 'knowledge-article', ready: 'main', title: 'An article beside the call' },
    shows: 'What the knowledge base says, for the agent and in words for the customer; whether it helped is asked.',
  },
  {
    ...{ name: 'record', scene: 'record', ready: '.record-name', title: 'A customer' },
    shows: 'Who somebody is, what they have, and everything that happened with them on one timeline.',
  },
  {
    ...{ name: 'company', scene: 'account', ready: '.account', title: 'A company' },
    shows: 'A key account: consumption, value and churn with their reasons, people and their weight, care and visits.',
  },
  {
    ...{ name: 'board', scene: 'board', ready: 'main', title: "The supervisor's board" },
    shows: 'Queues and people as they are now; every number opens what it counts and how, everybody who waits can be asked why.',
  },
  {
    ...{ name: 'wallboard', scene: 'wallboard', ready: 'h1, h2', title: 'Wallboard' },
    shows: 'For a screen on the wall: what matters, large enough for the end of the room.',
  },
  {
    ...{ name: 'administration', scene: 'admin', ready: '.admin-head', title: 'Administration' },
    shows: 'Offices, people, roles, queues, skills, hours and outcomes; what was changed is looked at before it is in force.',
  },
  {
    ...{ name: 'call-flow', scene: 'flows-board', ready: '.react-flow__node', isDrawn: true, title: 'A call flow' },
    shows: 'What callers go through is drawn; problems stand on their node, and a made-up caller walks the draft.',
  },
  {
    ...{ name: 'call-strip', scene: 'strip-call-recorded', ready: '.strip', only: '.strip', title: 'Call strip' },
    shows: 'A small window above other programs while the desktop is out of sight: the call and what is done most.',
  },
];
