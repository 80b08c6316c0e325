/** By what rule each reason of a score counts, with the weights that the organisation set. */
export const scoreRulesEn = {
  'score.rule.useLevel': 'Half of {{most}} points at {{middle}}, all at {{high}}, in proportion between.',
  'score.rule.noLevel': 'The organisation has set no level for this currency: no points.',
  'score.rule.each': '{{each}} points each, at most {{most}}.',
  'score.rule.perYear': '{{each}} points a year, at most {{most}}.',
  'score.rule.perPercent': '{{each}} points a percent, at most {{most}}. Mean of three months against the three before.',
  'score.rule.perPercentFrom':
    '{{each}} points a percent from {{from}}% on, at most {{most}}. Mean of three months against the three before.',
  'score.rule.room': '{{each}} points for each kind they do not hold, at most {{most}}.',
  'score.rule.complaints':
    '{{each}} points each within {{recentDays}} days, {{earlier}} within {{earlierDays}}, at most {{most}} together.',
  'score.rule.leaving': 'Contacts that ended so within {{days}} days: {{each}} points each, at most {{most}}.',
  'score.rule.within': 'The last {{days}} days count.',
  'score.rule.latestVisit': 'The latest visit within {{days}} days counts.',
  'score.rule.contractEnds': 'Counts from {{days}} days before the end, while no later contract is there.',
  'score.rule.arrears': '{{each}} points, {{long}} from {{days}} days on.',
  'score.rule.silence': 'Counts from {{days}} days without a call, visit or message on.',
  'score.rule.unused': 'Counts from {{from}}% unused lines on.',
} as const;
