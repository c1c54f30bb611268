import type { Random } from './random.ts';
import type { Genre } from './taste.ts';

/** What a planted artist is there for; see truths.ts. */
export type Role = 'star' | 'unexpected-partner' | 'missed-audience' | 'repeat-heavy' | 'broad' | 'obsessive' | 'demo-song';

export type ArtistName = { name: string; genre: Genre; /** Relative size of the fan base. */ size: number; role?: Role };

/** Invented artists. Those with a role, and every genre a truth needs, come first: small catalogues take a prefix of this list. */
export const ARTIST_NAMES: readonly ArtistName[] = [
  { name: '沈霽藍', genre: 'mandopop', size: 17, role: 'star' },
  { name: '客庄夜行', genre: 'hakka', size: 3.5, role: 'unexpected-partner' },
  { name: '顏蜜拉 Mira Yen', genre: 'mandopop', size: 11, role: 'missed-audience' },
  { name: 'LUMI:NARA', genre: 'k-pop', size: 5, role: 'repeat-heavy' },
  { name: '周五便當', genre: 'mandopop', size: 8, role: 'broad' },
  { name: '平行小孩 Kid Parallel', genre: 'hip-hop', size: 5, role: 'obsessive' },
  { name: '阿灘與慢潮', genre: 'indie', size: 6, role: 'demo-song' },
  { name: '檳榔樹音響', genre: 'reggae', size: 5 },
  { name: '潟湖 Lagoon Riddim', genre: 'reggae', size: 4 },
  { name: '芒果山谷', genre: 'indigenous', size: 5 },
  { name: '雲豹郵差', genre: 'indigenous', size: 4.5 },
  { name: '馬告合唱團', genre: 'indigenous', size: 3 },
  { name: '港邊阿財', genre: 'taiwanese', size: 7 },
  { name: '罔市姊妹', genre: 'taiwanese', size: 6 },
  { name: 'Velvet Commuters', genre: 'western pop', size: 7 },
  { name: 'Harbor & Hale', genre: 'western pop', size: 5 },
  { name: '月台三號', genre: 'rock', size: 6 },
  { name: '鐵皮屋頂', genre: 'metal', size: 2.5 },
  { name: '霓虹除濕機', genre: 'electronic', size: 3.5 },
  { name: '星屑カフェテリア', genre: 'j-pop', size: 3 },
  { name: '許星眠', genre: 'mandopop', size: 9 },
  { name: 'HARU PRISM', genre: 'k-pop', size: 5 },
  { name: '去冰俱樂部', genre: 'r&b', size: 4.5 },
  { name: '騎樓樂隊', genre: 'indie', size: 4 },
  { name: '深夜自助洗', genre: 'indie', size: 3.5 },
  { name: '陳霧山', genre: 'folk', size: 5 },
  { name: '葉子戲法', genre: 'folk', size: 3 },
  { name: 'MC 鹽酥', genre: 'hip-hop', size: 4 },
  { name: '南方電波', genre: 'rock', size: 4 },
  { name: '秀蓮仔', genre: 'taiwanese', size: 4 },
  { name: '無尾巷', genre: 'rock', size: 4 },
  { name: 'The Paper Ferries', genre: 'western pop', size: 3.5 },
  { name: '白噪音氣象台', genre: 'electronic', size: 2.5 },
  { name: '夏目便利', genre: 'j-pop', size: 2 },
  { name: '江雪橘', genre: 'mandopop', size: 7 },
  { name: '羅拾柒', genre: 'r&b', size: 3.5 },
  { name: '紅土馬戲團', genre: 'metal', size: 1.5 },
  { name: '硬頸阿妹', genre: 'hakka', size: 2 },
  { name: '太麻里電台', genre: 'indigenous', size: 2 },
  { name: 'Otis Quill', genre: 'western pop', size: 3 },
];

const PLACES = ['港口', '頂樓', '巷口', '山腰', '河堤', '月台', '騎樓', '夜市', '郵局', '圖書館', '半夜', '星期三', '颱風前', '退潮後', '隧道口', '天橋上', '鐵道旁', '茶園裡', '島嶼邊', '溪谷裡', '冰箱上', '雨季前', '凌晨四點', '鹽田旁'];
const THINGS = ['洗衣店', '望遠鏡', '電風扇', '腳踏車', '保溫瓶', '雨衣', '檸檬糖', '便當盒', '計算機', '縫紉機', '釣竿', '遙控器', '蚊香', '溫度計', '行李箱', '收據', '火柴盒', '拖鞋', '氣象站', '答錄機', '熱水壺', '貝殼', '鑰匙圈', '獨木舟', '紙箱', '路燈', '安全帽', '明信片'];
const ADJECTIVES = ['Paper', 'Borrowed', 'Crooked', 'Velvet', 'Salted', 'Second-hand', 'Sleepless', 'Copper', 'Unsent', 'Lukewarm', 'Plastic', 'Tidal', 'Quiet', 'Folded', 'Overdue', 'Neon', 'Wandering', 'Spare', 'Frozen', 'Analog'];
const NOUNS = ['Lighthouse', 'Elevator', 'Umbrella', 'Typhoon', 'Receipt', 'Ferry', 'Satellite', 'Laundry', 'Harbour', 'Postcard', 'Escalator', 'Mangrove', 'Antenna', 'Stairwell', 'Compass', 'Dumpling', 'Monsoon', 'Scooter', 'Aquarium', 'Vending Machine'];
const SURNAMES = ['蘇', '方', '溫', '康', '歐', '盧', '薛', '柯', '游', '簡', '童', '邵'];
const GIVEN = ['海棠', '拾光', '雨杉', '木樨', '青嵐', '小滿', '穀雨', '白露', '星野', '南溪', '若谷', '知秋'];
const BANDS = ['電台', '樂團', '兄弟', '實驗室', '俱樂部', '合唱團', '修理部', '郵局'];

/** Invented names past the list above, all different: `index` counts from 0. */
export function furtherArtistName(index: number): string {
  const pool = SURNAMES.length * GIVEN.length;
  const inPool = index % (pool * 2);
  const round = Math.floor(index / (pool * 2));
  const suffix = round === 0 ? '' : ` ${round + 1}`;
  if (inPool < pool) return `${SURNAMES[inPool % SURNAMES.length]}${GIVEN[Math.floor(inPool / SURNAMES.length)]}${suffix}`;
  return `${GIVEN[inPool % GIVEN.length]}${BANDS[inPool % BANDS.length]}${PLACES[Math.floor(inPool / GIVEN.length) % PLACES.length]}${suffix}`;
}

/** Gives invented titles, no two alike: Chinese, English, or both. */
export function titleSource(random: Random): (kind: 'zh' | 'en') => string {
  const used = new Set<string>();
  const invent = (kind: 'zh' | 'en') => {
    const english = `${random.pick(ADJECTIVES)} ${random.pick(NOUNS)}`;
    if (kind === 'en') return english;
    const chinese = `${random.pick(PLACES)}的${random.pick(THINGS)}`;
    return random.uniform() < 0.12 ? `${chinese} ${english}` : chinese;
  };
  return (kind) => {
    for (let tries = 0; ; tries++) {
      const title = invent(kind) + (tries > 20 ? ` ${2 + random.below(98)}` : '');
      if (used.has(title)) continue;
      used.add(title);
      return title;
    }
  };
}
