package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// crowd makes up names as they are distributed among people: a few are very common, many are rare. Each run makes the same names.
type crowd struct {
	random  *rand.Rand
	firsts  *rand.Zipf
	lasts   *rand.Zipf
	made    int
	sample  [][3]string
	letters map[string]int
}

var (
	firstNames = strings.Fields(`Maria John Anna Wei Mohammed Fatima Juan Sofia Peter Laura Andrew Angela Antonio Chen David Elena George
		Hannah Ivan Julia Karl Linda Martin Nina Olga Paul Rosa Samuel Tanya Victor Ahmed Aisha Carlos Daniela Emma Francesco Giulia Hiroshi
		Ingrid Jose Katarzyna Liam Mateo Noah Oscar Priya Quentin Rafael Søren Thérèse Ursula Vladimir Yusuf Zoë Łukasz José Jürgen Marie`)
	lastNames = strings.Fields(`Garcia Smith Martinez Anderson Johnson Müller Nguyen Kim Lopez Brown Silva Ivanov Kowalski Rossi Hansen
		Andersson Tanaka Singh Khan Ali Cohen O'Brien Dubois Fischer Novák Santos Costa Wang Li Zhang Williams Jones Davis Wilson Taylor
		Thomas Moore Martin Jackson Lee Thompson White Harris Clark Lewis Robinson Walker Young Allen King Wright Scott Torres Hill`)
	syllables = strings.Fields("ba be bo ca co da de do el en er fa fi ga gi ha he in is ja jo ka ke la le li lo ma mi mo na ne ni no or pa pe ra ri ro sa se ta te to va vi wa ya zo")
	domains   = []string{"example.com", "example.com", "example.com", "mail.example.org", "uni.example.edu", "firm.example.net"}
)

func newCrowd() *crowd {
	random := rand.New(rand.NewPCG(1, 2))
	return &crowd{
		random: random, letters: map[string]int{},
		firsts: rand.NewZipf(random, 1.3, 20, 5_000), lasts: rand.NewZipf(random, 1.2, 20, 50_000),
	}
}

// name returns the name of a rank: the common ones are listed, the others are composed.
func name(given []string, i uint64) string {
	if i < uint64(len(given)) {
		return given[i]
	}
	var text string
	for ; i > 0; i /= uint64(len(syllables)) {
		text += syllables[i%uint64(len(syllables))]
	}
	return strings.ToUpper(text[:1]) + text[1:]
}

func (p *crowd) next() (first, last, email string) {
	first, last = name(firstNames, p.firsts.Uint64()), name(lastNames, p.lasts.Uint64())
	local := fmt.Sprintf("%s.%s%d", plain(first), plain(last), p.made)
	if p.made%5 == 0 {
		local = fmt.Sprintf("user%07d", p.made)
	}
	p.made++
	email = local + "@" + domains[p.random.IntN(len(domains))]
	if len(p.sample) < 60 && p.random.IntN(10) == 0 {
		p.sample = append(p.sample, [3]string{first + " " + last, last + " " + first, email})
	}
	p.count(first + " " + last + " " + email)
	return first, last, email
}

// plain returns a name in the letters of an address.
func plain(text string) string {
	return strings.Map(func(r rune) rune {
		if r < 'a' || r > 'z' {
			return -1
		}
		return r
	}, strings.ToLower(text))
}
