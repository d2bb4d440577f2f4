package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"spsbot/bot"
	"spsbot/bot/outbox"
)

// servers looks at what the bot may do where moderators want it.
func (v *visit) servers(ctx context.Context, only string) {
	const check = "permissions"
	servers := []outbox.Server{{ID: only}}
	if only == "" {
		asking, cancel := context.WithTimeout(ctx, patience)
		defer cancel()
		var err error
		if servers, err = v.outbox.Servers(asking); err != nil {
			v.failed(check, "Try again in some minutes.", "Discord did not say in which servers the bot is: %v.", err)
			return
		}
	}
	if len(servers) == 0 {
		v.warning(check, "Invite it: "+inviteLink(v.me.ID), "The bot is in no server yet; people can use it in direct messages only.")
	}
	for _, server := range servers {
		v.server(ctx, server.ID)
	}
}

// place is a server as the doctor sees it.
type place struct {
	outbox.Server
	me       outbox.Member
	settings bot.Settings
}

// server looks at one server.
func (v *visit) server(ctx context.Context, id string) {
	const check = "permissions"
	ctx, cancel := context.WithTimeout(ctx, 2*patience)
	defer cancel()
	p, err := v.place(ctx, id)
	switch {
	case outbox.Refused(err):
		v.failed(check, "Invite it: "+inviteLink(v.me.ID), "The bot is not in the server %s.", id)
		return
	case err != nil:
		v.failed(check, "Try again in some minutes.", "The server %s could not be looked at: %v.", id, err)
		return
	}
	missing := p.Permissions(p.me).Missing()
	switch channels := v.channels(ctx, &p); {
	case len(missing) > 0 && channels == 0:
		v.warning(check, "Give them to the bot's role (Server Settings → Roles), or invite it again: "+inviteLink(v.me.ID),
			"On %q the bot's role lacks: %s. It works only in channels that allow them.", p.Name, strings.Join(missing, ", "))
	case channels == 0:
		v.ok(check, "On %q the bot may do what it needs, where channels do not forbid it.", p.Name)
	}
	v.alertRole(&p)
	if len(p.settings.Threads) > 0 && !v.settings.MessageContent {
		v.warning("intents", "Switch on Message Content Intent in "+portalBot+" and set SPSBOT_MESSAGE_CONTENT=true.",
			"On %q new threads shall be answered, but without the message content intent the bot cannot read them.", p.Name)
	}
}

// place collects what is known of a server.
func (v *visit) place(ctx context.Context, id string) (place, error) {
	var p place
	var err error
	if p.Server, err = v.outbox.Server(ctx, id); err != nil {
		return p, err
	}
	if p.me, err = v.outbox.Member(ctx, id, v.me.ID); err != nil {
		return p, err
	}
	if v.state == nil {
		return p, nil
	}
	p.settings, _, err = bot.ReadSettings(ctx, v.state.Get, id)
	return p, err
}

// channels looks at each channel that the settings name, and returns their number.
func (v *visit) channels(ctx context.Context, p *place) int {
	all := slices.Concat(p.settings.Channels, p.settings.Threads)
	if p.settings.Review != "" {
		all = append(all, p.settings.Review)
	}
	slices.Sort(all)
	all = slices.Compact(all)
	for _, id := range all {
		v.channel(ctx, p, id)
	}
	return len(all)
}

// channel looks at one channel.
func (v *visit) channel(ctx context.Context, p *place, id string) {
	const check = "permissions"
	channel, err := v.outbox.Channel(ctx, id)
	var refused *outbox.Error
	switch {
	case errors.As(err, &refused) && refused.Status == http.StatusNotFound:
		v.failed(check, "Choose another one with /settings.", "On %q the settings name a channel (%s) that is gone.", p.Name, id)
		return
	case errors.As(err, &refused) && refused.Status == http.StatusForbidden:
		v.failed(check, "Allow the bot's role View Channel in that channel's permissions.", "On %q the bot cannot see the channel %s that the settings name.", p.Name, id)
		return
	case err != nil:
		v.failed(check, "Try again in some minutes.", "On %q the channel %s could not be looked at: %v.", p.Name, id, err)
		return
	}
	where := fmt.Sprintf("On %q in #%s", p.Name, channel.Name)
	if id == p.settings.Review && p.PermissionsIn(channel, outbox.Member{})&outbox.PermissionViewChannels != 0 {
		v.warning(check, "Choose a channel that only moderators can read, with /settings.",
			"%s, the review channel, everybody can read alerts about people in distress.", where)
	}
	if missing := p.PermissionsIn(channel, p.me).Missing(); len(missing) > 0 {
		v.failed(check, "Allow them to the bot's role in that channel's permissions.", "%s the bot lacks: %s.", where, strings.Join(missing, ", "))
		return
	}
	v.ok(check, "%s the bot may do what it needs.", where)
}

// alertRole looks whether who shall be alerted notices it.
func (v *visit) alertRole(p *place) {
	const check = "alerts"
	s := p.settings
	if len(s.Alerts) == 0 {
		return
	}
	if s.Review == "" {
		v.warning(check, "Choose a review channel with /settings.", "On %q moderators shall be alerted, but there is no channel for it.", p.Name)
		return
	}
	if s.AlertRole == "" {
		return
	}
	at := slices.IndexFunc(p.Roles, func(role outbox.Role) bool { return role.ID == s.AlertRole })
	switch {
	case at < 0:
		v.warning(check, "Choose another role with /settings.", "On %q the role that shall be alerted is gone.", p.Name)
	case !p.Permissions(p.me).MayMention(p.Roles[at]):
		v.warning(check, "Switch on \"Allow anyone to @mention this role\" (Server Settings → Roles).",
			"On %q the role %q cannot be mentioned by the bot: alerts arrive, but nobody is notified.", p.Name, p.Roles[at].Name)
	default:
		v.ok(check, "On %q the role %q is notified of alerts.", p.Name, p.Roles[at].Name)
	}
}
