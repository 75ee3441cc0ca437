//! The page that stands in for another one while there is no connection.

use crate::pages::text::OfflineText;

/// The page that stands in for another one while there is no connection.
pub(super) const OFFLINE: OfflineText = OfflineText {
    title: "你已离线",
    detail: "此设备目前没有连接互联网，因此无法加载页面。",
    order_goes_on: "已下的订单会继续处理：恢复联网后，重新打开订单链接即可。尚未发送的内容都没有离\
                    开此设备。",
    retry: "重试",
};
