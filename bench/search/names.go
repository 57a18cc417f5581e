package main

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"usher/text"
)

// country makes up names as common as in a country. The shares are per thousand people, after national statistics; the remaining people
// have rare names, composed of syllables.
type country struct {
	firsts, lasts []share
	syllables     []string
	lastNames     int  // how many last names a person has
	lastFirst     bool // in email addresses
}

type share struct {
	name    string
	promill int
}

// shares reads a list of names, each followed by its share.
func shares(list string) (all []share) {
	words := strings.Fields(list)
	for i := 0; i < len(words); i += 2 {
		s := share{name: strings.ReplaceAll(words[i], "_", " ")}
		if _, err := fmt.Sscan(words[i+1], &s.promill); err != nil {
			panic(err)
		}
		all = append(all, s)
	}
	return all
}

var countries = []country{
	{ // Spain
		firsts: shares(`María_Carmen 27 María 24 Carmen 16 Ana_María 11 Josefa 11 Isabel 11 María_Pilar 11 Laura 11 María_Dolores 11 Cristina 9
			María_Teresa 10 Ana 10 Marta 10 María_Ángeles 9 Lucía 8 María_Isabel 8 Antonia 8 Elena 8 Antonio 27 Manuel 24 José 23 Francisco 19
			David 15 Juan 14 Javier 13 José_Antonio 16 Daniel 13 José_Luis 11 Francisco_Javier 11 Carlos 11 Jesús 11 Alejandro 11
			Miguel 10 José_Manuel 10 Rafael 9 Pablo 9 Pedro 9 Sergio 8 Ángel 9 José_María 8 Fernando 8 Jorge 8 Luis 8 Álvaro 7`),
		lasts: shares(`García 31 Rodríguez 20 González 20 Fernández 19 López 18 Martínez 18 Sánchez 17 Pérez 17 Gómez 10 Martín 10 Jiménez 8
			Hernández 8 Ruiz 8 Díaz 7 Moreno 7 Muñoz 6 Álvarez 6 Romero 5 Gutiérrez 5 Alonso 4 Navarro 4 Torres 4 Domínguez 3 Ramos 3
			Vázquez 3 Ramírez 3 Gil 3 Serrano 3 Molina 3 Blanco 2 Morales 2 Suárez 2 Ortega 2 Castro 2 Delgado 2 Ortiz 2 Marín 2 Rubio 2`),
		syllables: strings.Fields("ba be bo ca ce co da de do es fa ga go gue ha i ja la le lo ma me mo na ne no pa pe po que ra re ri ro sa se so ta te to va ve vi za zo"),
		lastNames: 2,
	},
	{ // Korea, in Hangul
		lasts: shares("김 215 이 147 박 84 최 47 정 43 강 24 조 21 윤 21 장 20 임 17 한 15 오 15 서 15 신 15 권 14 황 14 안 14 송 14 류 13 홍 11 전 11 고 9 문 9 손 9 배 8 백 8 허 7 노 6"),
		syllables: strings.Fields(`민 지 서 현 수 영 은 정 준 성 진 경 미 혜 선 재 동 상 승 희 연 하 윤 우 주 호 원 유 인 태 용 기 나 도 명 병 보 소 숙
			순 시 아 예 옥 자 종 중 찬 창 철 춘 해 형 화 환 효 훈`),
		lastFirst: true, lastNames: 1,
	},
	{ // Korea, in Latin letters
		lasts: shares("Kim 215 Lee 147 Park 84 Choi 47 Jung 43 Kang 24 Cho 21 Yoon 21 Jang 20 Lim 17 Han 15 Oh 15 Seo 15 Shin 15 Kwon 14 Hwang 14 Ahn 14 Song 14 Yoo 13 Hong 11 Jeon 11 Ko 9 Moon 9 Son 9 Bae 8 Baek 8 Heo 7 Noh 6"),
		syllables: strings.Fields(`min ji seo hyun su young eun jung jun sung jin kyung mi hye sun jae dong sang seung hee yeon ha yoon woo joo ho won
			yu in tae yong ki na do myung byung bo so sook soon si ah ye ok ja jong joong chan chang chul hae hyung hwa hwan hyo hoon`),
		lastFirst: true, lastNames: 1,
	},
	{ // Vietnam
		lasts: shares("Nguyễn 384 Trần 110 Lê 95 Phạm 70 Hoàng 51 Huỳnh 30 Phan 45 Vũ 39 Võ 20 Đặng 21 Bùi 20 Đỗ 14 Hồ 13 Ngô 13 Dương 10 Lý 5"),
		firsts: shares(`Thị_Anh 22 Thị_Hương 20 Thị_Lan 20 Thị_Hoa 18 Thị_Mai 18 Thị_Hà 18 Thị_Thảo 17 Thị_Linh 17 Thị_Trang 16 Thị_Thu 16
			Thị_Nga 15 Thị_Hằng 15 Thị_Thanh 15 Thị_Phương 15 Thị_Yến 12 Thị_Hạnh 12 Thị_Ngọc 12 Thị_Nhung 10 Thị_Vân 10 Thị_Hiền 10
			Văn_Hùng 22 Văn_Nam 20 Văn_Dũng 20 Văn_Tuấn 20 Văn_Minh 20 Văn_Hải 18 Văn_Đức 18 Văn_Thành 18 Văn_Long 16 Văn_Sơn 16
			Văn_Quân 12 Văn_Hưng 12 Văn_Bình 12 Văn_Cường 12 Văn_Toàn 10 Minh_Anh 12 Minh_Đức 9 Ngọc_Anh 12 Quang_Huy 11 Đức_Anh 11
			Thanh_Tùng 9 Hoàng_Long 9 Thu_Hà 9 Phương_Anh 10 Bảo_Ngọc 8 Gia_Bảo 8 Khánh_Linh 8 Tuấn_Anh 9 Hữu_Phước 6 Xuân_Trường 6`),
		syllables: strings.Fields("An Ánh Bích Châu Chi Cúc Đào Diệp Duy Giang Hân Hiếu Hòa Huệ Khang Khoa Kiên Lâm Loan Lộc Lợi My Mỹ Nhi Nhật Oanh Phú Phúc Quý Quyên Tâm Tân Thắng Thiện Thủy Tiến Trí Trung Tú Uyên Việt Vinh Vy Xuân Ý"),
		lastFirst: true, lastNames: 1,
	},
}

// weights are the countries' shares of the people.
var weights = []int{0, 0, 0, 0, 1, 1, 2, 3, 3, 3, 3, 3}

var domains = []string{"gmail.com", "gmail.com", "gmail.com", "naver.com", "yahoo.es", "example.edu.vn", "firm.example.net"}

func (c country) pick(random *rand.Rand, from []share) string {
	at := random.IntN(1000)
	for _, s := range from {
		if at -= s.promill; at < 0 {
			return s.name
		}
	}
	name := ""
	for range 1 + random.IntN(2) + len(c.firsts)/len(countries[0].firsts)*random.IntN(2) {
		name += c.syllables[random.IntN(len(c.syllables))]
	}
	return capital(name)
}

// first returns a given name: a common one, or in Korea one of two syllables.
func (c country) first(random *rand.Rand) string {
	if len(c.firsts) > 0 {
		return c.pick(random, c.firsts)
	}
	a, b := random.IntN(len(c.syllables)), random.IntN(len(c.syllables))
	return capital(c.syllables[min(a, random.IntN(len(c.syllables)))] + c.syllables[min(b, random.IntN(len(c.syllables)))])
}

func capital(name string) string {
	letters := []rune(name)
	return strings.ToUpper(string(letters[:1])) + string(letters[1:])
}

// somebody makes up the n-th person.
func somebody(random *rand.Rand, n int) [3]string {
	c := countries[weights[random.IntN(len(weights))]]
	first, last := c.first(random), c.pick(random, c.lasts)
	if c.lastNames == 2 {
		last += " " + c.pick(random, c.lasts)
	}
	one, two := plain(first), plain(last)
	if c.lastFirst {
		one, two = two, one
	}
	if one == "" { // in Hangul
		one, two = "id", "korea"
	}
	local := [...]string{
		fmt.Sprintf("user%07d", n),
		fmt.Sprintf("%s.%s%d", one, two, n),
		fmt.Sprintf("%s%s%d", one, two, n),
		fmt.Sprintf("%s.%s.%d", two, one, n),
		fmt.Sprintf("%s_%d", two, n),
	}[random.IntN(5)]
	return [3]string{local + "@" + domains[random.IntN(len(domains))], first, last}
}

// plain returns a name in the letters of an address.
func plain(name string) string {
	return strings.Map(func(r rune) rune {
		if r < 'a' || r > 'z' {
			return -1
		}
		return r
	}, text.Fold(name))
}
