import { givenFirst, written, type Place } from "./places.ts";

export const ukraine: Place = {
  region: "UA",
  languages: ["uk"],
  gallery: "sellers-eu",
  nationality: "Україна",
  ancestries: ["european"],
  surnames: written(
    "Шевченко=Shevchenko, Бондаренко=Bondarenko, Ткаченко=Tkachenko, Кравчук=Kravchuk, Поліщук=Polishchuk, Мельник=Melnyk, Гончар=Honchar, Литвин=Lytvyn, Савчук=Savchuk, Руденко=Rudenko",
  ),
  women: written(
    "Оксана=Oksana, Ірина=Iryna, Наталія=Nataliia, Юлія=Yuliia, Марія=Mariia, Світлана=Svitlana, Катерина=Kateryna, Софія=Sofiia",
  ),
  men: written(
    "Олександр=Oleksandr, Дмитро=Dmytro, Сергій=Serhii, Микола=Mykola, Віталій=Vitalii, Юрій=Yurii, Максим=Maksym, Роман=Roman",
  ),
  fullName: givenFirst,
  streets: ["вул. Шевченка", "вул. Лесі Українки", "вул. Франка", "просп. Свободи", "вул. Садова"],
  cities: ["Київ", "Львів", "Одеса", "Харків", "Вінниця"],
  address: (street, number, city) => `${street}, ${number}, ${city}`,
  phone: "+380 00 000",
  bank: "UA00 305299 0000",
};

export const bulgaria: Place = {
  region: "BG",
  languages: ["bg"],
  gallery: "sellers-eu",
  nationality: "България",
  ancestries: ["european", "european", "middleEastern"],
  surnames: written(
    "Пенчо=Pencho, Желев=Zhelev, Бояджи=Boyadzhi, Ковач=Kovach, Орешко=Oreshko, Лазар=Lazar, Дончо=Doncho",
  ),
  women: written(
    "Мария=Maria, Десислава=Desislava, Елена=Elena, Ивелина=Ivelina, Радка=Radka, Цветелина=Tsvetelina",
  ),
  men: written(
    "Георги=Georgi, Иван=Ivan, Димитър=Dimitar, Христо=Hristo, Красимир=Krasimir, Стоян=Stoyan",
  ),
  fullName: givenFirst,
  streets: ["ул. Роза", "бул. Витоша", "ул. Иван Вазов", "ул. Граф Игнатиев"],
  cities: ["София", "Пловдив", "Варна", "Бургас"],
  address: (street, number, city) => `${street} ${number}, ${city}`,
  phone: "+359 00 000",
  bank: "BG00-BNBG-00",
};

export const germany: Place = {
  region: "DE",
  languages: ["de"],
  gallery: "sellers-eu",
  nationality: "Deutschland",
  ancestries: ["european", "european", "middleEastern"],
  surnames: written(
    "Schröder=Schroeder, Krüger=Krueger, Weiß=Weiss, Jäger=Jaeger, Hoffmann, Brandt, Özdemir=Oezdemir, Köhler=Koehler, Vogel, Engel, Böhm=Boehm",
  ),
  women: written("Sabine, Katrin, Jülide=Juelide, Anke, Miriam, Lena, Greta, Ulrike, Johanna"),
  men: written("Björn=Bjoern, Matthias, Jörg=Joerg, Stefan, Emre, Tobias, Florian, Uwe, Henrik"),
  fullName: givenFirst,
  streets: ["Gartenstraße", "Bahnhofstraße", "Am Mühlbach", "Lindenallee", "Schillerstraße"],
  cities: ["04109 Leipzig", "20095 Hamburg", "80331 München", "50667 Köln", "70173 Stuttgart"],
  address: (street, number, city) => `${street} ${number}, ${city}`,
  phone: "+49 000 00",
  bank: "DE00-5001-00",
};

export const unitedStates: Place = {
  region: "US",
  languages: ["en"],
  gallery: "sellers-us",
  nationality: "United States",
  ancestries: ["african", "european", "latinAmerican", "southAsian", "eastAsian"],
  surnames: written(
    "Walker, Bennett, Ramirez, Okafor, Patel, Coleman, Nguyen, Foster, Hughes, Delgado, Price",
  ),
  women: written("Tanya, Michelle, Rosa, Ashley, Denise, Priya, Grace, Heather, Imani"),
  men: written("Jerome, Kevin, Luis, Darnell, Scott, Anil, Brandon, Curtis, Wayne"),
  fullName: givenFirst,
  streets: ["Maple Ave", "2nd St", "Oak Ridge Rd", "Lakeview Dr", "Pine St"],
  cities: ["Austin, TX 78701", "Columbus, OH 43004", "Tampa, FL 33602", "Fresno, CA 93650"],
  address: (street, number, city) => `${number * 7} ${street}, ${city}`,
  phone: "+1 000 555",
  bank: "US-021000-00",
};

export const mexico: Place = {
  region: "MX",
  languages: ["es"],
  gallery: "sellers-latam",
  nationality: "México",
  ancestries: ["latinAmerican"],
  surnames: written(
    "Hernández López=Hernandez Lopez, García Ruiz=Garcia Ruiz, Núñez=Nunez, Martínez Peña=Martinez Pena, Castillo, Ibáñez=Ibanez, Domínguez=Dominguez, Fuentes",
  ),
  women: written(
    "María Guadalupe=Maria Guadalupe, Lucía=Lucia, Verónica=Veronica, Ximena, Itzel, Rocío=Rocio",
  ),
  men: written(
    "José Ángel=Jose Angel, Raúl=Raul, Efraín=Efrain, Héctor=Hector, Iván=Ivan, Óscar=Oscar",
  ),
  fullName: givenFirst,
  streets: ["Calle Juárez", "Av. Hidalgo", "Calle Morelos", "Av. Revolución"],
  cities: ["Guadalajara, Jal.", "Puebla, Pue.", "Ciudad de México", "Mérida, Yuc."],
  address: (street, number, city) => `${street} ${number}, ${city}`,
  phone: "+52 000 000",
  bank: "MX-002180-00",
};

export const nigeria: Place = {
  region: "NG",
  languages: ["en"],
  gallery: "sellers-africa",
  nationality: "Nigeria",
  ancestries: ["african"],
  surnames: written("Adeyemi, Okonkwo, Balogun, Eze, Ibrahim, Nwosu, Afolabi, Danjuma"),
  women: written("Chioma, Funmilayo, Aisha, Ngozi, Blessing, Yetunde"),
  men: written("Emeka, Tunde, Musa, Chinedu, Segun, Ifeanyi"),
  fullName: givenFirst,
  streets: ["Broad Street", "Allen Avenue", "Aba Road", "Market Road"],
  cities: ["Lagos", "Ibadan", "Port Harcourt", "Kano"],
  address: (street, number, city) => `${number} ${street}, ${city}`,
  phone: "+234 000 000",
  bank: "NG-058152-00",
};

export const france: Place = {
  region: "FR",
  languages: ["fr"],
  gallery: "sellers-eu",
  nationality: "France",
  ancestries: ["european", "african", "middleEastern", "european"],
  surnames: written(
    "Lefèvre=Lefevre, Béranger=Beranger, Moreau, Diallo, Benali, Gauthier, Chevalier, Marchand, Traoré=Traore, Lemoine",
  ),
  women: written("Hélène=Helene, Amandine, Inès=Ines, Fatou, Clémence=Clemence, Océane=Oceane"),
  men: written("Rémi=Remi, Thierry, Karim, Mamadou, François=Francois, Gaël=Gael, Benoît=Benoit"),
  fullName: givenFirst,
  streets: ["rue des Lilas", "avenue Jean Jaurès", "rue de la République", "quai Voltaire"],
  cities: ["69003 Lyon", "75011 Paris", "13001 Marseille", "31000 Toulouse"],
  address: (street, number, city) => `${number} ${street}, ${city}`,
  phone: "+33 0 00 00",
  bank: "FR00-30004-00",
};
