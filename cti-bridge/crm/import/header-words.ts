import type { ImportTarget } from '../../../shared/contracts/imports.ts';

type Field = Exclude<ImportTarget, `custom:${string}` | 'skip'>;

/** What columns are called in the lists people bring, in English and Chinese. Compared in lower case without blanks, dots and brackets. */
const words: Readonly<Record<Field, readonly string[]>> = {
  name: [
    'name',
    'full name',
    'fullname',
    'contact',
    'contact name',
    'customer name',
    'customer',
    'client',
    'display name',
    'person',
  ].concat(['姓名', '名字', '客户姓名', '联系人', '联系人姓名', '客户名称', '客户名', '用户姓名', '用户名称', '机主', '机主姓名', '称呼']),
  title: ['title', 'job title', 'position', 'job', 'function', 'role', '职务', '职位', '岗位', '头衔'],
  mobile: ['mobile', 'mobile phone', 'mobile number', 'cell', 'cell phone', 'cellphone', 'msisdn', 'handy', 'sms number'].concat([
    '手机',
    '手机号',
    '手机号码',
    '移动电话',
    '联系手机',
    '用户号码',
    '移动号码',
    '短信号码',
  ]),
  phone: [
    'phone',
    'phone number',
    'telephone',
    'tel',
    'landline',
    'work phone',
    'office phone',
    'home phone',
    'business phone',
    'number',
  ].concat([
    'contact number',
    '电话',
    '电话号码',
    '联系电话',
    '固话',
    '座机',
    '固定电话',
    '办公电话',
    '住宅电话',
    '家庭电话',
    '联系方式',
    '单位电话',
  ]),
  email: ['email', 'e mail', 'mail', 'email address', 'e mail address', '邮箱', '电子邮箱', '电子邮件', '邮件', '邮箱地址', '邮件地址'],
  externalId: [
    'id',
    'external id',
    'externalid',
    'customer id',
    'customer no',
    'customer number',
    'client id',
    'crm id',
    'account number',
    'uid',
  ].concat(['客户编号', '客户编码', '客户id', '客户号', '编号', '客户代码', '用户编号', '外部编号', '外部id', '系统编号']),
  membership: ['membership', 'member', 'member id', 'member no', 'membership number', 'card number', 'loyalty number'].concat([
    '会员',
    '会员号',
    '会员编号',
    '会员卡号',
    '卡号',
  ]),
  company: ['company', 'company name', 'organisation', 'organization', 'account', 'account name', 'employer', 'firm', 'business'].concat([
    '单位',
    '单位名称',
    '公司',
    '公司名称',
    '工作单位',
    '企业',
    '企业名称',
    '集团',
    '集团名称',
    '集团客户',
    '客户单位',
  ]),
  companyRole: ['company role', 'role in company', 'decision role', '联系人角色', '角色', '单位角色'],
  tier: ['tier', 'customer tier', 'level', 'customer level', 'grade', 'class', '客户等级', '等级', '级别', '客户级别', '星级', '会员等级'],
  segment: [
    'segment',
    'customer segment',
    'category',
    'type',
    'customer type',
    '细分',
    '客户细分',
    '客户类别',
    '客户类型',
    '类别',
    '分类',
    '客户分群',
  ],
  stage: ['stage', 'life cycle', 'lifecycle', 'life cycle stage', 'lifecycle stage', '阶段', '生命周期', '生命周期阶段'],
  locale: ['language', 'lang', 'locale', 'preferred language', '语言', '语种', '首选语言'],
  birthday: ['birthday', 'birth date', 'birthdate', 'date of birth', 'dob', 'born', '生日', '出生日期', '出生年月', '出生年月日'],
  orgUnit: [
    'org unit',
    'office',
    'branch',
    'region code',
    'unit',
    'department',
    '机构',
    '所属机构',
    '归属机构',
    '地市',
    '分公司',
    '所属地市',
    '归属地市',
    '营业厅',
  ],
  addressLines: [
    'address',
    'street',
    'address line',
    'address 1',
    'street address',
    'mailing address',
    '地址',
    '联系地址',
    '通信地址',
    '详细地址',
    '住址',
    '街道',
    '装机地址',
  ],
  city: ['city', 'town', '城市', '市', '所在城市'],
  region: ['state', 'province', 'region', 'county', '省', '省份', '省市', '所在省份'],
  postalCode: ['postal code', 'postcode', 'post code', 'zip', 'zip code', '邮编', '邮政编码'],
  country: ['country', 'country code', '国家', '国家地区', '国别'],
  prefersChannel: ['preferred channel', 'contact preference', 'prefers', 'channel', '首选渠道', '偏好渠道', '联系偏好', '渠道偏好'],
  allowsSmsOffers: ['sms consent', 'sms opt in', 'sms offers', 'allow sms', '短信营销', '允许短信', '短信同意', '接收短信'],
  allowsEmailOffers: [
    'email consent',
    'email opt in',
    'email offers',
    'newsletter',
    'allow email',
    '邮件营销',
    '允许邮件',
    '邮件同意',
    '接收邮件',
  ],
  allowsCallOffers: ['call consent', 'call opt in', 'call offers', 'allow calls', '电话营销', '允许外呼', '外呼同意', '接受外呼'],
  allowsRecording: ['recording consent', 'allow recording', 'recording', '录音同意', '允许录音'],
  note: ['note', 'notes', 'comment', 'comments', 'remark', 'remarks', '备注', '说明', '附注', '描述'],
};

const byWord = new Map<string, Field>(
  Object.entries(words).flatMap(([field, known]) => known.map((word) => [folded(word), field as Field] as const)),
);

function folded(header: string): string {
  return header
    .normalize('NFKC')
    .replace(/[(（【[].*?[)）】\]]/g, '')
    .toLowerCase()
    .replace(/[\s._\-/*#:：'"]+/g, '');
}

/** The field a column of this name is likely to be; null when the name says nothing. A number behind it does not matter (`Phone 2`). */
export function fieldOfHeader(header: string): Field | null {
  const key = folded(header);
  return byWord.get(key) ?? byWord.get(key.replace(/\d+$/, '')) ?? null;
}

/** Of these there may be several in a row; of every other field the first column is taken. */
export const repeatable: ReadonlySet<string> = new Set(['mobile', 'phone', 'email', 'note']);
