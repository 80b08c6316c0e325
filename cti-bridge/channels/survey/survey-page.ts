import { createHash } from 'node:crypto';
import type { Locale } from '../../../shared/contracts/contact.ts';
import type { SurveyPage } from '../../interactions/index.ts';

/** A page as bytes of HTML and the policy under which it stands. */
export interface DrawnPage {
  readonly status: 200 | 404 | 410 | 503;
  readonly html: string;
}

const words = {
  en: {
    scale: 'From 1 (poor) to 5 (very good)',
    send: 'Send',
    answered: 'Your answer has arrived.',
    expired: 'This question can no longer be answered.',
    unknown: 'There is no question behind this link.',
    broken: 'Your answer could not be stored. Please try again in a minute.',
  },
  zh: {
    scale: '1 很不满意，5 非常满意',
    send: '提交',
    answered: '您的评价已提交。',
    expired: '该评价邀请已过期。',
    unknown: '链接无效，未找到对应的评价邀请。',
    broken: '暂时无法保存您的评价，请稍后重试。',
  },
} as const;

const style = `:root{color-scheme:light dark;--ink:#1b1f27;--soft:#5a6372;--page:#f5f6f8;--card:#fff;--line:#cfd4dc;--accent:#2f5bd0}
@media (prefers-color-scheme:dark){:root{--ink:#e8eaee;--soft:#a3abb8;--page:#14171c;--card:#1d2129;--line:#3d4552;--accent:#3f6be0}}
body{margin:0;background:var(--page);color:var(--ink);font:16px/1.5 system-ui,"PingFang SC","Microsoft YaHei",sans-serif}
main{max-width:480px;margin:48px auto;padding:24px;background:var(--card);border:1px solid var(--line);border-radius:8px;box-sizing:border-box}
h1{font-size:20px;line-height:28px;margin:0 0 16px}p{margin:0 0 16px}.of,legend{padding:0;color:var(--soft);font-size:14px}
fieldset{border:0;margin:0 0 16px;padding:0}.scores{display:flex;gap:8px;margin-top:8px}
.scores label{flex:1;display:flex;flex-direction:column;align-items:center;gap:4px;min-height:44px;padding:8px 0;border:1px solid var(--line);border-radius:6px;font-variant-numeric:tabular-nums}
.scores label:has(:checked){border-color:var(--accent);box-shadow:0 0 0 1px var(--accent)}input{accent-color:var(--accent);width:20px;height:20px;margin:0}
textarea{box-sizing:border-box;width:100%;margin:8px 0 16px;padding:8px;font:inherit;color:inherit;background:var(--page);border:1px solid var(--line);border-radius:6px}
button{min-height:44px;padding:0 24px;font:inherit;font-weight:600;color:#fff;background:var(--accent);border:0;border-radius:6px}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}@media (max-width:520px){main{margin:0;min-height:100vh;border:0;border-radius:0}}`;

/** Nothing but this style and a form that comes back here. */
export const surveyPolicy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;

/** Letters of one answer that are kept. */
export const longestWord = 2_000;

export function drawSurvey(page: SurveyPage, path: string, chosen: number | null): DrawnPage {
  const { state, locale, organisation, question, comment, thanks, highest } = page;
  const said = words[locale];
  if (state === 'answered')
    return { status: 200, html: document(locale, organisation, `<h1>${asHtml(thanks || said.answered)}</h1><p>${said.answered}</p>`) };
  if (state === 'expired') return { status: 410, html: document(locale, organisation, `<h1>${said.expired}</h1>`) };
  const scores = Array.from({ length: highest }, (_, index) => index + 1).map(
    (score) => `<label><input type="radio" name="score" value="${score}" required${score === chosen ? ' checked' : ''}>${score}</label>`,
  );
  const word =
    comment === '' ? '' : `<label>${asHtml(comment)}<textarea name="text" rows="4" maxlength="${longestWord}"></textarea></label>`;
  const form = `<form method="post" action="${asHtml(path)}"><fieldset><legend>${said.scale}</legend><div class="scores">${scores.join('')}</div></fieldset>${word}<button type="submit">${said.send}</button></form>`;
  return { status: 200, html: document(locale, organisation, `<h1>${asHtml(question)}</h1>${form}`) };
}

export function drawProblem(what: 'unknown' | 'broken', locale: Locale): DrawnPage {
  return { status: what === 'unknown' ? 404 : 503, html: document(locale, '', `<h1>${words[locale][what]}</h1>`) };
}

function document(locale: Locale, organisation: string, content: string): string {
  const of = organisation === '' ? '' : `<p class="of">${asHtml(organisation)}</p>`;
  const title = organisation === '' ? (locale === 'zh' ? '评价' : 'Survey') : asHtml(organisation);
  return `<!doctype html>
<html lang="${locale === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><title>${title}</title><style>${style}</style></head>
<body><main>${of}${content}</main></body></html>
`;
}

const named: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const asHtml = (text: string) => text.replaceAll(/[&<>"]/g, (sign) => named[sign] ?? sign);
