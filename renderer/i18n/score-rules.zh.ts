/** 客户评分各原因的计分规则，权重由本机构设定。 */
export const scoreRulesZh = {
  'score.rule.useLevel': '达到 {{middle}} 得 {{most}} 分的一半，达到 {{high}} 得满分，其间按比例。',
  'score.rule.noLevel': '该币种未设档位，不计分。',
  'score.rule.each': '每项 {{each}} 分，最多 {{most}} 分。',
  'score.rule.perYear': '每年 {{each}} 分，最多 {{most}} 分。',
  'score.rule.perPercent': '每变化 1% 计 {{each}} 分，最多 {{most}} 分。近三月均值与前三月均值相比。',
  'score.rule.perPercentFrom': '下降达到 {{from}}% 起，每 1% 计 {{each}} 分，最多 {{most}} 分。近三月均值与前三月均值相比。',
  'score.rule.room': '未持有的每类产品 {{each}} 分，最多 {{most}} 分。',
  'score.rule.complaints': '{{recentDays}} 天内每次 {{each}} 分，{{earlierDays}} 天内每次 {{earlier}} 分，合计最多 {{most}} 分。',
  'score.rule.leaving': '{{days}} 天内以此小结结束的联系，每次 {{each}} 分，最多 {{most}} 分。',
  'score.rule.within': '计最近 {{days}} 天。',
  'score.rule.latestVisit': '计 {{days}} 天内最近一次走访。',
  'score.rule.contractEnds': '到期前 {{days}} 天起计分，续签后不计。',
  'score.rule.arrears': '{{each}} 分，满 {{days}} 天为 {{long}} 分。',
  'score.rule.silence': '满 {{days}} 天无来电、走访或消息起计分。',
  'score.rule.unused': '未用线路达到 {{from}}% 起计分。',
} as const;
