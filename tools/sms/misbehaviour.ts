/** The ways in which networks go wrong, each as the simulated one can do it. */
export const misbehaviours = {
  dropsAfterTaking: 'takes a message and drops the connection without an answer',
  dropsBeforeTaking: 'drops the connection on a message that it does not take',
  neverAnswers: 'takes a message and never answers',
  throttles: 'has its hands full, in either of its two words',
  refuses: 'refuses a message for good',
  nacks: 'answers a message as one that it could not read',
  halfOpen: 'is gone, and the connection does not say so',
  badLength: 'answers with a length that cannot be',
  cutsShort: 'delivers something that ends in the middle',
  trickles: 'sends its bytes one by one',
  wrongSequence: 'answers what nobody asked',
  reversed: 'answers the latest message first',
  receiptFirst: 'says that a message was delivered before it says that it took it',
  receiptTwice: 'sends every receipt twice',
  receiptNever: 'sends no receipt',
  receiptHex: 'names a message in decimal when it takes it and in hexadecimal, with zeros in front, in its receipt',
  receiptInFields: 'sends receipts whose text says nothing, and fields that do',
  deliversAgain: 'drops the connection on our answer, and delivers the same again',
  restarts: 'ends the connection in good form, and refuses the next',
} as const;

export type Misbehaviour = keyof typeof misbehaviours;
export const misbehaviourNames = Object.keys(misbehaviours) as readonly Misbehaviour[];
