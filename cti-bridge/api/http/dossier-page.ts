import type { Dossier } from '../../crm/index.ts';
import { escapeHtml } from './escape-html.ts';

type Row = Readonly<Record<string, unknown>>;

/** Names of tables as a person reads them; a table without one is called as it is. */
const titles: Readonly<Record<string, readonly [en: string, zh: string]>> = {
  person: ['Who you are here', '基本资料'],
  person_account: ['Companies and households', '所属企业与家庭'],
  identifier: ['Numbers, addresses and ids', '号码、邮箱与编号'],
  address: ['Addresses', '地址'],
  product: ['Products', '产品'],
  contract: ['Contracts', '合同'],
  bill: ['Bills', '账单'],
  payment: ['Payments', '缴费'],
  consumption: ['Use by month', '每月用量'],
  usage_told: ['Single uses', '用量明细'],
  customer_case: ['Cases', '工单'],
  case_step: ['What was done on cases', '工单处理记录'],
  promise: ['Promises', '承诺'],
  task: ['Tasks', '任务'],
  callback: ['Calls we owe you', '待回电'],
  scheduled_callback: ['Calls agreed for a time', '预约回电'],
  note: ['Notes', '备注'],
  draft: ['Drafts', '草稿'],
  survey: ['What you were asked', '满意度邀请'],
  survey_answer: ['What you answered', '满意度评价'],
  guide_run: ['What was asked and answered step by step', '话术指引记录'],
  ivr_trace: ['Ways through call flows', '语音流程记录'],
  offer_made: ['Offers', '推荐记录'],
  attachment: ['Files', '附件'],
  timeline_entry: ['What happened', '往来记录'],
  interaction: ['Contacts', '联络记录'],
  record_change: ['Changes of the record', '资料变更'],
  person_merge: ['Merges', '合并记录'],
  score: ['Scores', '评分'],
  score_history: ['Scores before', '历史评分'],
};

/**
 * One file that opens in any browser and needs nothing else: everything stored of a person as tables, and the same as JSON inside it
 * (`#dossier`), for a program. No script runs in it.
 */
export function dossierPage(dossier: Dossier): string {
  const isChinese = dossier.locale === 'zh';
  const title = isChinese ? `个人资料：${dossier.name}` : `Everything stored of ${dossier.name}`;
  const sections = Object.entries(dossier.tables).map(([table, rows]) => section(titles[table]?.[isChinese ? 1 : 0] ?? table, rows));
  return `<!doctype html>
<html lang="${isChinese ? 'zh' : 'en'}"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title>
<meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>body{font:14px/1.5 system-ui,sans-serif;margin:32px;max-width:1200px}table{border-collapse:collapse;margin:8px 0 24px}
th,td{border:1px solid #ccc;padding:4px 8px;text-align:left;vertical-align:top;white-space:pre-wrap;overflow-wrap:anywhere;max-width:420px}th{background:#f4f4f4}</style></head>
<body><h1>${escapeHtml(title)}</h1>
${sections.join('\n')}
<script type="application/json" id="dossier">${JSON.stringify(dossier).replace(/</g, '\\u003c')}</script>
</body></html>
`;
}

function section(title: string, rows: readonly Row[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row).filter((column) => row[column] !== null && row[column] !== '')))];
  const head = columns.map((column) => `<th>${escapeHtml(column)}</th>`).join('');
  const body = rows.map((row) => `<tr>${columns.map((column) => `<td>${escapeHtml(cell(column, row[column]))}</td>`).join('')}</tr>`);
  return `<h2>${escapeHtml(title)} (${rows.length})</h2>\n<table><tr>${head}</tr>\n${body.join('\n')}</table>`;
}

/** Times are readable; everything else is as it is stored. */
function cell(column: string, value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number' && /(^|_)(at|until|since)$/.test(column) && value > 1e11) return new Date(value).toISOString();
  return String(value);
}
