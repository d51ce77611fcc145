import { givenFirst, surnameFirst, written, type Place } from "./places.ts";

export const vietnam: Place = {
  region: "VN",
  languages: ["vi"],
  gallery: "sellers-vn",
  nationality: "Việt Nam",
  ancestries: ["southeastAsian"],
  surnames: written(
    "Nguyễn=Nguyen, Trần=Tran, Lê=Le, Phạm=Pham, Hoàng=Hoang, Phan, Vũ=Vu, Đặng=Dang, Bùi=Bui, Đỗ=Do, Hồ=Ho, Dương=Duong",
  ),
  women: written(
    "Thị Mai=Thi Mai, Thu Hà=Thu Ha, Ngọc Ánh=Ngoc Anh, Thị Thanh Thảo=Thi Thanh Thao, Kim Liên=Kim Lien, Bích Phượng=Bich Phuong, Thùy Dung=Thuy Dung, Quỳnh Như=Quynh Nhu, Thị Lan Hương=Thi Lan Huong",
  ),
  men: written(
    "Văn Hùng=Van Hung, Quang Huy, Đức Thắng=Duc Thang, Hữu Phước=Huu Phuoc, Minh Tuấn=Minh Tuan, Xuân Trường=Xuan Truong, Thanh Tùng=Thanh Tung, Bá Lộc=Ba Loc, Ngọc Sơn=Ngoc Son",
  ),
  fullName: surnameFirst,
  streets: [
    "Lê Duẩn",
    "Hai Bà Trưng",
    "Nguyễn Huệ",
    "Điện Biên Phủ",
    "Phan Đình Phùng",
    "Hoàng Diệu",
  ],
  cities: [
    "Hải Châu, Đà Nẵng",
    "Quận 1, TP. Hồ Chí Minh",
    "Ba Đình, Hà Nội",
    "Ninh Kiều, Cần Thơ",
    "TP. Huế",
  ],
  address: (street, number, city) => `${number} ${street}, ${city}`,
  phone: "+84 20 0000",
  bank: "VN-970436-00",
};

export const china: Place = {
  region: "CN",
  languages: ["zh"],
  gallery: "sellers-cn",
  nationality: "中国",
  ancestries: ["eastAsian"],
  surnames: written(
    "王=Wang, 李=Li, 张=Zhang, 刘=Liu, 陈=Chen, 杨=Yang, 赵=Zhao, 周=Zhou, 吴=Wu, 徐=Xu, 孙=Sun, 马=Ma",
  ),
  women: written(
    "丽娜=Lina, 秀英=Xiuying, 晓燕=Xiaoyan, 婷婷=Tingting, 雪梅=Xuemei, 静=Jing, 美玲=Meiling, 芳=Fang, 佳怡=Jiayi",
  ),
  men: written(
    "伟=Wei, 建国=Jianguo, 志强=Zhiqiang, 明=Ming, 文博=Wenbo, 永福=Yongfu, 小龙=Xiaolong, 天宇=Tianyu, 海涛=Haitao",
  ),
  fullName: (surname, given) => `${surname}${given}`,
  streets: ["人民路", "中山路", "解放路", "建设路", "和平路"],
  cities: ["四川省成都市", "广东省深圳市", "江苏省南京市", "上海市", "北京市"],
  address: (street, number, city) => `${city}${street}${number}号`,
  phone: "+86 100 0000",
  bank: "CN-622848-00",
};

export const emirates: Place = {
  region: "AE",
  languages: ["ar"],
  gallery: "sellers-gulf",
  nationality: "الإمارات",
  ancestries: ["middleEastern", "middleEastern", "southAsian"],
  surnames: written(
    "المنصوري=Al Mansoori, الكعبي=Al Kaabi, الشامسي=Al Shamsi, الظاهري=Al Dhaheri, المزروعي=Al Mazrouei, الزعابي=Al Zaabi, النعيمي=Al Nuaimi, الحمادي=Al Hammadi",
  ),
  women: written(
    "فاطمة=Fatima, مريم=Maryam, عائشة=Aisha, نورة=Noura, شيخة=Sheikha, لطيفة=Latifa, هند=Hind, سارة=Sara",
  ),
  men: written(
    "أحمد=Ahmed, سالم=Salem, راشد=Rashid, سعيد=Saeed, حمدان=Hamdan, يوسف=Yousef, عبد الله=Abdulla, ماجد=Majid",
  ),
  fullName: givenFirst,
  streets: ["شارع الكورنيش", "شارع المطار", "شارع الشيخ زايد", "شارع السلام"],
  cities: ["دبي", "أبوظبي", "الشارقة", "العين"],
  address: (street, number, city) => `${street} ${number}، ${city}`,
  phone: "+971 00 000",
  bank: "AE00-0330-00",
};

export const egypt: Place = {
  region: "EG",
  languages: ["ar"],
  gallery: "sellers-mena",
  nationality: "مصر",
  ancestries: ["middleEastern", "middleEastern", "african"],
  surnames: written(
    "حسن=Hassan, إبراهيم=Ibrahim, السيد=El Sayed, محمود=Mahmoud, عبد الرحمن=Abdelrahman, منصور=Mansour, فؤاد=Fouad, سليمان=Soliman",
  ),
  women: written(
    "منى=Mona, هبة=Heba, ياسمين=Yasmin, دينا=Dina, رانيا=Rania, إيمان=Eman, سلمى=Salma",
  ),
  men: written(
    "كريم=Karim, طارق=Tarek, عمر=Omar, مصطفى=Mostafa, شريف=Sherif, وائل=Wael, هاني=Hany",
  ),
  fullName: givenFirst,
  streets: ["شارع التحرير", "شارع النيل", "شارع الجمهورية", "شارع الهرم"],
  cities: ["القاهرة", "الإسكندرية", "الجيزة", "طنطا"],
  address: (street, number, city) => `${number} ${street}، ${city}`,
  phone: "+20 00 0000",
  bank: "EG00-0003-00",
};
