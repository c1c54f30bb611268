/**
 * Taiwan's 22 counties and cities, named as their official English names (the `COUNTYENG` of the national map data), with the Chinese name
 * and the population in thousands (Ministry of the Interior, household registration, end of 2024, rounded).
 */
export const REGIONS = [
  { name: 'New Taipei City', zh: '新北市', population: 4047 },
  { name: 'Taichung City', zh: '臺中市', population: 2861 },
  { name: 'Kaohsiung City', zh: '高雄市', population: 2731 },
  { name: 'Taipei City', zh: '臺北市', population: 2491 },
  { name: 'Taoyuan City', zh: '桃園市', population: 2333 },
  { name: 'Tainan City', zh: '臺南市', population: 1858 },
  { name: 'Changhua County', zh: '彰化縣', population: 1237 },
  { name: 'Pingtung County', zh: '屏東縣', population: 790 },
  { name: 'Yunlin County', zh: '雲林縣', population: 659 },
  { name: 'Hsinchu County', zh: '新竹縣', population: 595 },
  { name: 'Miaoli County', zh: '苗栗縣', population: 533 },
  { name: 'Chiayi County', zh: '嘉義縣', population: 481 },
  { name: 'Nantou County', zh: '南投縣', population: 474 },
  { name: 'Hsinchu City', zh: '新竹市', population: 457 },
  { name: 'Yilan County', zh: '宜蘭縣', population: 449 },
  { name: 'Keelung City', zh: '基隆市', population: 362 },
  { name: 'Hualien County', zh: '花蓮縣', population: 316 },
  { name: 'Chiayi City', zh: '嘉義市', population: 263 },
  { name: 'Taitung County', zh: '臺東縣', population: 211 },
  { name: 'Kinmen County', zh: '金門縣', population: 143 },
  { name: 'Penghu County', zh: '澎湖縣', population: 107 },
  { name: 'Lienchiang County', zh: '連江縣', population: 14 },
] as const;

export type RegionName = (typeof REGIONS)[number]['name'];
