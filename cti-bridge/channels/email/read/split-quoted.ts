export interface SplitText {
  /** What they wrote this time, their signature included. */
  readonly text: string;
  /** What they quoted of before, with the line that says so. */
  readonly quoted: string;
}

/**
 * Parts what somebody wrote from what their program put below it. Every program has its own habit: a line that says who wrote when, a rule with
 * a word in it, or the first header lines of the mail before. Answers that stand between the quoted lines stay with what they answer. Where
 * nothing new was written and something was forwarded, that is the text.
 */
export function splitQuoted(whole: string): SplitText {
  const lines = whole.split('\n');
  const beginning = quotationAt(lines);
  if (beginning === null) return { text: whole.trim(), quoted: '' };
  const before = lines.slice(0, beginning.at).join('\n').trim();
  if (before === '' && beginning.kind === 'forward') return { text: whole.trim(), quoted: '' };
  if (beginning.kind === 'rest' || beginning.kind === 'forward')
    return { text: before, quoted: lines.slice(beginning.at).join('\n').trim() };

  // Quoted line by line: where their own lines follow, they answered between or below it.
  const ownAfter = lines.findIndex((line, at) => at >= beginning.from && line.trim() !== '' && !isMarked(line));
  if (ownAfter < 0) return { text: before, quoted: lines.slice(beginning.at).join('\n').trim() };
  const rest = lines.slice(ownAfter);
  if (before === '' && !rest.some(isMarked)) return { text: rest.join('\n').trim(), quoted: lines.slice(0, ownAfter).join('\n').trim() };
  const old = quotationAt(lines, ownAfter, true);
  if (old === null) return { text: whole.trim(), quoted: '' };
  return { text: lines.slice(0, old.at).join('\n').trim(), quoted: lines.slice(old.at).join('\n').trim() };
}

/** `from`: the first line of the quotation itself, behind the lines that announce it. */
type Beginning = { readonly kind: 'lines' | 'rest' | 'forward'; readonly at: number; readonly from: number };

/** `isWhole`: only one that takes all that follows with it. */
function quotationAt(lines: readonly string[], from = 0, isWhole = false): Beginning | null {
  for (let at = from; at < lines.length; at++) {
    const line = bare(lines[at] ?? '');
    if (line === '') continue;
    const rule = ruleKind(line);
    if (rule) return { kind: rule, at, from: at + 1 };
    if (labelOf(line) === 'from' && isHeaderBlock(lines, at)) return { kind: 'rest', at: withRule(lines, at), from: at };
    const said = announcementAt(lines, at);
    if (said !== null) {
      const first = nextFilled(lines, said.last + 1);
      if (!isWhole && first >= 0 && isMarked(lines[first] ?? '')) return { kind: 'lines', at, from: first };
      // In a sentence of their own people name a day, a program names the minute or the address.
      if (/[@<]|\d\s?[:：.]\s?\d\d/.test(said.text)) return { kind: 'rest', at, from: at };
    }
    if (!isWhole && isMarked(lines[at] ?? '') && marksFollow(lines, at)) return { kind: 'lines', at, from: at };
  }
  return null;
}

const isMarked = (line: string) => /^\s{0,3}[>＞]/.test(line) || /^\s{0,3}\|\s/.test(line);
/** As it stands without the marks of quoting and without the stars of bold text. */
const bare = (line: string) =>
  line
    .slice(0, 400)
    .replace(/^[\s>＞|]+/, '')
    .replaceAll('*', '')
    .trim();

/** One line alone that begins with `>` may be anything. */
function marksFollow(lines: readonly string[], at: number): boolean {
  return lines.slice(at + 1, at + 3).some(isMarked) || lines.slice(at + 1).every((line) => line.trim() === '');
}

const original =
  /^(?:original (?:message|email|mail)|original|原始邮件|原邮件|原始郵件|原始信件|邮件原件|ursprüngliche nachricht|message d'origine|message original|mensaje original|messaggio originale|mensagem original|oorspronkelijk bericht|ursprungligt meddelande|исходное сообщение|元のメッセージ|original appointment|reply message|回复的原邮件|回复的邮件)$/i;
const forwarded =
  /^(?:forwarded (?:message|mail)|forwarded message from .{1,120}|begin forwarded message:?|转发(?:的)?邮件(?:信息)?|轉寄郵件|转发的原邮件|weitergeleitete nachricht|message transféré|message transmis|mensaje reenviado|messaggio inoltrato|mensagem encaminhada|пересланное сообщение)$/i;

function ruleKind(line: string): 'rest' | 'forward' | null {
  if (/^begin forwarded message:$/i.test(line)) return 'forward';
  if (!/^[-_—－=]{2}/.test(line) || !/[-_—－=]{2}$/.test(line)) return null;
  const within = withoutDashes(line);
  return original.test(within) ? 'rest' : forwarded.test(within) ? 'forward' : null;
}

const isDash = (letter: string) => letter === ' ' || '-_—－='.includes(letter);

function withoutDashes(line: string): string {
  let from = 0;
  let to = line.length;
  while (from < to && isDash(line.charAt(from))) from++;
  while (to > from && isDash(line.charAt(to - 1))) to--;
  return line.slice(from, to);
}

const labels: readonly (readonly ['from' | 'other', RegExp])[] = [
  ['from', /^(?:from|von|de|da|van|från|fra|od|от|发件人|寄件人|寄件者|差出人|보낸 ?사람|发信人)\s*[:：]\s*\S/i],
  [
    'other',
    /^(?:sent|date|to|cc|subject|reply-to|gesendet|datum|an|betreff|envoyé|à|objet|enviado(?: el)?|para|asunto|assunto|inviato|a|oggetto|verzonden|aan|onderwerp|skickat|till|ämne|отправлено|дата|кому|тема|发送时间|发送日期|发送|日期|时间|收件人|抄送|抄送人|主题|寄件日期|收件者|主旨|送信日時|宛先|件名|보낸 ?날짜|받는 ?사람|제목)\s*[:：]/i,
  ],
];

function labelOf(line: string): 'from' | 'other' | null {
  return labels.find(([, pattern]) => pattern.test(line))?.[0] ?? null;
}

/** The header lines of the mail before: from whom, and at least one more within the next lines. */
function isHeaderBlock(lines: readonly string[], at: number): boolean {
  let others = 0;
  for (let next = at + 1; next < lines.length && next <= at + 8; next++) {
    if (labelOf(bare(lines[next] ?? '')) === 'other') others++;
  }
  return others >= 2;
}

/** The first line from there on that is not empty; -1: none. Few empty lines stand between what is said and what is quoted. */
function nextFilled(lines: readonly string[], from: number): number {
  for (let at = from; at < Math.min(lines.length, from + 10); at++) if ((lines[at] ?? '').trim() !== '') return at;
  return -1;
}

/** Outlook draws a rule above them, which belongs to them. */
function withRule(lines: readonly string[], at: number): number {
  let first = at;
  while (first > 0 && (lines[first - 1] ?? '').trim() === '') first--;
  return first > 0 && /^\s*[_-]{5,}\s*$/.test(lines[first - 1] ?? '') ? first - 1 : at;
}

/** Who wrote when. Begins as the first says and ends as the second; long ones are broken into up to three lines. */
const announcements: readonly (readonly [RegExp, RegExp])[] = [
  [/^(?:on|at|in a message dated)\s.*(?:\d|@|yesterday|today)/i, /(?:wrote|writes|said)\s*[:：]$/i],
  [/^.{2,120}(?:<|\d).{0,200}\swrote/i, /\bwrote\s*[:：]$/i],
  [
    /^(?:am|op|den|em|el|le|il|в|dne|dnia)\s.*\d/i,
    /(?:schrieb.{0,120}|schreef.{0,120}|skrev.{0,120}|escreveu|escribió|a écrit|ha scritto|пишет|писал(?:\(а\)|а)?|napsal(?:\(a\))?|napisał(?:\(a\))?)\s*[:：]$/i,
  ],
  [/\d{4}|\d:\d\d/, /<[^<>\s]{1,100}@[^<>\s]{1,100}>\s?[:：]$/],
  [/^.{0,200}\d{4}\s?[年/.-]/, /(?:写道|寫道|写到|寫到|のメール|書きました|작성|写信说)\s*[:：]$/],
  [/^.{0,200}(?:<|@|"|“|于|在)/, /(?:写道|寫道|写到|寫到)\s*[:：]$/],
];

function announcementAt(lines: readonly string[], at: number): { readonly last: number; readonly text: string } | null {
  let said = '';
  for (let last = at; last < lines.length && last < at + 3; last++) {
    const line = bare(lines[last] ?? '');
    if (last > at && line === '') return null;
    said = said === '' ? line : `${said} ${line}`;
    if (said.length > 500) return null;
    if (!isAnnouncement(said)) continue;
    // Where the last line says it all, the lines above it are their own.
    return last > at && isAnnouncement(line) && /\d{4}|\d[:：]\d\d/.test(line) ? null : { last, text: said };
  }
  return null;
}

const isAnnouncement = (said: string) => announcements.some(([begins, ends]) => ends.test(said) && begins.test(said));
