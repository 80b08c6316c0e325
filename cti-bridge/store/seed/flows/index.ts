/**
 * The flows of the demo organisation and the numbers that lead to them, as data.
 *
 * Two things to know: each carries its own tests, which are run when it is published and with the project's; and `self-service`, `payment` and
 * `identify` are called by others and come back, so what they come to is tested by the lines that lead to them.
 */
import type { FlowEntry } from '../../../../shared/contracts/ivr/commands.ts';
import type { Flow } from '../../../ivr/index.ts';
import { hotlines } from '../demo-people.ts';
import { hotline } from './hotline.ts';
import { identify } from './identify.ts';
import { directLine, keyAccounts } from './key-accounts.ts';
import { officeHours } from './office-hours.ts';
import { payment } from './payment.ts';
import { selfService } from './self-service.ts';
import { paymentLine, selfServiceLine } from './service-lines.ts';
import { survey } from './survey.ts';

export const demoFlows: readonly Flow[] = [
  hotline('hotline-zh', 'zh'),
  hotline('hotline-en', 'en'),
  directLine,
  keyAccounts,
  selfServiceLine,
  paymentLine,
  officeHours,
  survey,
  selfService,
  payment,
  identify,
];

const entry = (dnis: string, en: string, zh: string, flowId: string): FlowEntry => ({
  dnis,
  name: { en, zh },
  flows: [{ hoursId: null, flowId }],
});

export const demoEntries: readonly FlowEntry[] = [
  entry(hotlines.zh, 'Hotline, Chinese', '中文热线', 'hotline-zh'),
  entry(hotlines.shortZh, 'Hotline, Chinese, in the city', '中文热线（市话）', 'hotline-zh'),
  entry(hotlines.en, 'Hotline, English', '英文热线', 'hotline-en'),
  entry(hotlines.shortEn, 'Hotline, English, in the city', '英文热线（市话）', 'hotline-en'),
  entry(hotlines.direct, 'Key accounts', '大客户专线', 'direct'),
  entry(hotlines.selfService, 'Self-service', '自助服务', 'self-service-line'),
  entry(hotlines.payment, 'Payment by card', '银行卡缴费', 'payment-line'),
  entry(hotlines.officeHours, 'Line with office hours', '工作时间热线', 'office-hours'),
  entry(hotlines.survey, 'Survey, to be tried', '满意度调查（试听）', 'survey'),
  entry(hotlines.keyAccounts, 'One number for all', '统一热线', 'key-accounts'),
];
