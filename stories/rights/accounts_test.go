package rights

import (
	"strings"

	. "usher/sitetest"
)

// askedOfAccounts has the arguments of the lines about accounts.
var askedOfAccounts = map[string]func(s *seat) Object{
	"passwordLink": func(*seat) Object { return Object{"token": "x"} },
	"addUser": func(s *seat) Object {
		return Object{"email": "added.in." + strings.ReplaceAll(s.Hall.ID, "_", ".") + "@example.org", "firstName": "New", "lastName": "Person"}
	},
	"updateUser":         func(s *seat) Object { return Object{"userId": s.cast.ids["somebody"], "lastName": "Else"} },
	"createPasswordLink": func(s *seat) Object { return Object{"userId": s.cast.ids["somebody"]} },
	"forgotPassword":     func(*seat) Object { return Object{"email": "nobody.at.all@example.org"} },
	"usePasswordLink": func(*seat) Object {
		return Object{"token": "x", "password": Password, "credential": "BEARER"}
	},
	"changePassword": func(*seat) Object { return Object{"currentPassword": "not it", "newPassword": "another password"} },
	"changeName":     func(*seat) Object { return Object{"firstName": "Name", "lastName": "Changed"} },
	"erasePerson":    func(*seat) Object { return Object{"email": "nobody.at.all@example.org"} },
}
