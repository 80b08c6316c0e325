/**
 * Words by which somebody says that they want no more messages, or want them again. Only when they are all of the message: "please stop by"
 * is no such wish.
 *
 * In English as 47 CFR 64.1200(a)(10) and the carriers of North America name them; in Chinese as the carriers of China ask for them in
 * every message that advertises ("退订回T", "拒收请回复R"), where a single letter is the usual answer.
 */
const stop: ReadonlySet<string> = new Set([
  'STOP',
  'STOPALL',
  'STOP ALL',
  'UNSUBSCRIBE',
  'CANCEL',
  'END',
  'QUIT',
  'REVOKE',
  'OPTOUT',
  'OPT OUT',
  'OPT-OUT',
  'TD',
  'T',
  'N',
  'R',
  '退订',
  '退訂',
  '退定',
  '回复退订',
  '取消订阅',
  '拒收',
]);

const resume: ReadonlySet<string> = new Set(['START', 'UNSTOP', 'RESUME', '恢复', '恢復', '恢复订阅', '恢复接收', '订阅', '重新订阅']);

export type ConsentWord = 'stop' | 'resume';

/** Null: an ordinary message. Case, width of letters, spaces and punctuation around it do not matter. */
export function readConsentWord(text: string): ConsentWord | null {
  // No longer one can be such a word; nor does a long text cost anything.
  if (text.length > 60) return null;
  const word = text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/^[\p{P}\p{S}\p{Z}\p{Cc}]+|[\p{P}\p{S}\p{Z}\p{Cc}]+$/gu, '')
    .replace(/\s+/g, ' ')
    .toUpperCase();
  if (stop.has(word)) return 'stop';
  return resume.has(word) ? 'resume' : null;
}
