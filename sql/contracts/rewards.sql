-- What a dealer gets as a reward for one unit, for himself and to pass on.
create table rewards (
    sku varchar not null,
    valid_from date not null,
    own_per_unit double not null,
    passed_on_per_unit double not null
);

comment on table rewards is
'What a dealer gets as a reward for one unit, for himself and to pass on.
en: Rewards
zh: 经销商奖励 — 每单位产品给经销商的奖励，以及由其转付下游的部分。
ru: Вознаграждения — что дилер получает за единицу: себе и для передачи дальше.
group: control
key: sku, valid_from
dated by: valid_from
names: rewards; reward; discount pool; dealer rewards; bonuses; 经销商奖励; 奖励; 奖励政策; 返利政策; Вознаграждения; Бонусы; Ретробонусы; Премии дилеров';

comment on column rewards.sku is
'Code of the product.
en: SKU
zh: 产品编码 — 产品的编码
ru: Артикул — код товара
unit: code
references: products.sku
headings: item code; item no; item number; product code; product no; product number; product id; part number; article; article number; stock code; product; item; 存货编码; 存货代码; 存货编号; 产品代码; 产品编号; 商品编码; 商品代码; 商品编号; 物料编码; 物料代码; 物料编号; 货号; 品号; 料号; Код номенклатуры; Номенклатура.Код; Номенклатура.Артикул; Код товара; Код продукции; Код изделия; Номенклатура; Товар';

comment on column rewards.valid_from is
'First day on which it applies.
en: Valid from
zh: 生效日期 — 开始适用的第一天
ru: Действует с — первый день действия
unit: day
headings: valid from date; effective from; effective date; start date; from date; 起始日期; 开始日期; 有效期起; 生效日; Дата начала действия; Начало действия; Дата начала; Дата вступления в силу';

comment on column rewards.own_per_unit is
'What the dealer keeps for one unit.
en: Own reward per unit
zh: 自得奖励 — 经销商每单位自留的奖励
ru: Своё вознаграждение — что дилер оставляет себе за единицу
unit: money_per_unit
headings: own per unit; own reward; dealer reward; reward per unit; 经销商奖励; 单位奖励; 自留奖励; Вознаграждение дилера; Бонус дилера; Себе за единицу';

comment on column rewards.passed_on_per_unit is
'What the dealer passes on to outlets for one unit.
en: Reward passed on per unit
zh: 转付奖励 — 经销商每单位转付给售点的奖励
ru: Передаваемое вознаграждение — что дилер передаёт точкам за единицу
unit: money_per_unit
headings: passed on per unit; passed-on reward; outlet reward; reward passed on; 售点奖励; 下游奖励; 转付终端奖励; Бонус точкам; Передаётся точкам; Вознаграждение точек';
