//! The page of the service's status.

use crate::domain::count::Outcome;
use crate::domain::problem::Problem;
use crate::domain::refusal::Code;
use crate::domain::service::Provider;
use crate::pages::text::StatusText;

/// The page of the service's status.
pub(super) const STATUS: StatusText = StatusText {
    title: "服务状态",
    provider,
    now: "当前",
    waiting: "等待处理",
    under_way: "生成中",
    or_more: "{number} 个或更多",
    last_day: "过去 24 小时",
    since: "自 {time} 以来结束的订单。",
    nothing: "过去一天没有订单，暂无数据。",
    by_model: "按模型",
    model: "模型",
    orders: "订单",
    success: "成功率",
    median: "通常用时",
    unknown: "–",
    by_end: "按结果",
    end: "结果",
    ended,
    reported: "访客反馈的问题",
    nothing_reported: "没有人反馈图片问题。",
    problem_column: "问题",
    problem,
    pictures: "图片",
    share: "占全部图片",
    percent: "{percent}%",
    how: "统计方法",
    how_counted: "每个订单结束时，会给对应小时的计数器加一。计数器不含任何订单或访客的标识，48 小时\
                  后删除；你删除订单时，计数器保持不变。已取消的订单既不算成功，也不算失败。一半的\
                  图片在“通常用时”内完成，包括等待时间。",
};

fn provider(state: Provider) -> &'static str {
    match state {
        Provider::Ok => "图片生成服务正常接单。",
        Provider::OutOfCredits | Provider::Unauthorized => {
            "图片生成服务目前不接受我们的订单。新订单会等到它恢复接单；这需要我们来解决。"
        }
        Provider::Maintenance => "图片生成服务正在维护。新订单会等到它恢复。",
    }
}

fn ended(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Completed => "生成了图片",
        Outcome::Failed(Code::ContentModeration) => "被图片生成服务的内容规则拒绝",
        Outcome::Failed(Code::ProviderRejected) => "不支持所选选项",
        Outcome::Failed(Code::ProviderTimeout) => "用时太久",
        Outcome::Failed(Code::ProviderBusy) => "图片生成服务没有接单",
        Outcome::Failed(_) => "图片生成服务尝试后失败",
        Outcome::Canceled => "访客取消",
        Outcome::Expired => "等到期限已过",
    }
}

fn problem(problem: Problem) -> &'static str {
    match problem {
        Problem::BodyChanged => "身材变了",
        Problem::OldGarmentLeft => "原来的衣物还在",
        Problem::WrongGarment => "衣物不对",
        Problem::FaceChanged => "脸变了",
        Problem::Other => "其他问题",
    }
}
