package stories

import (
	"testing"

	. "usher/sitetest"
)

func TestA3_RefusalsAreInTheLanguageOfTheRequest(t *testing.T) {
	h := StartHouse(t)
	guest := h.Browser()
	english := "There is no link in this text. Your link begins with " + h.URL + "/join#."
	for language, want := range map[string]string{
		"": english, "en": english, "fr": english, "de": "In diesem Text ist kein Link. Ihr Link beginnt mit " + h.URL + "/join#.",
	} {
		guest.SetCookie("usher_language", language)
		refused := guest.Refused("LINK_NOT_VALID", "redeemInvitation", Object{"token": "no link", "email": "grace@example.org"})
		Same(t, "in the language "+language, refused.Text("message"), want)
	}
}
